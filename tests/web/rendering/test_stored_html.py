"""Stored HTML goes out as markup only where the Markdown renderer could have written it."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handler.bootstrap.refresh import markdown_renderer
from handler.domain.catalog.model import parse_model
from handler.domain.text import RenderedDescription
from handler.web.rendering.stored_html import is_rendered
from tests.support.builders import MemoryStore, profile, record, stored
from tests.support.hostile.text import HOSTILE_TEXT
from tests.support.http.asgi import ask, create_app

RENDER = markdown_renderer()
EVERYTHING = """# A *title* & "more"

1. `code` <b>
7. [link](https://example.org:8080/a?b=1&c="2"#d) ![picture](x)

> quote\\
> on

---

```python x
<code>
```

    indented
"""
FORGED = {
    "a script": "<script>alert(1)</script>",
    "an event handler": '<p onclick="alert(1)">x</p>',
    "a script's URL": '<a href="javascript:alert(1)" rel="nofollow ugc">x</a>',
    "a user before a host": '<a href="https://a@evil.example/" rel="nofollow ugc">x</a>',
    "a link without rel": '<a href="https://example.org/">x</a>',
    "an image": '<img src="https://evil.example/x.png">',
    "a style": "<p><style>*{}</style></p>",
    "the end of the section": "<p>x</p></section><h1>y</h1>",
    "an element that is not closed": "<pre>x",
    "an end without a start": "x</p>",
    "crossed elements": "<p><em>x</p></em>",
    "a comment": "<!-- x",
    "half a tag": "<p>x</p><",
    "a bare quote": 'x"',
    "a bare ampersand": "&#60;script&#62;",
}


@pytest.mark.promise("P16", "stored HTML that no renderer wrote")
@pytest.mark.parametrize("html", FORGED.values(), ids=FORGED)
def test_html_of_another_author_is_shown_as_text(html: str) -> None:
    model = parse_model(record("acme/one"), RenderedDescription("Words.", html))
    known = profile(record("acme/one"))._replace(model=model)
    app = create_app(MemoryStore(stored(known)))

    page = ask(app, "/acme/one").text

    section = page.partition('class="description">\n')[2].partition("\n</section>")[0]
    assert section == escape(html).replace("&quot;", "&#34;").replace("&#x27;", "&#39;")


@pytest.mark.parametrize(
    "markdown", [EVERYTHING, *HOSTILE_TEXT.values()], ids=["everything", *HOSTILE_TEXT]
)
def test_what_the_renderer_writes_is_markup(markdown: str) -> None:
    assert is_rendered(RENDER(markdown.encode("utf-8", "replace").decode()).html)


@given(st.text("ab<>&\"'`*_[]()#>-1. \n\\!~:/h&;"))
def test_any_rendered_text_is_in_the_grammar(markdown: str) -> None:
    assert is_rendered(RENDER(markdown).html)


def test_the_check_reads_each_character_once() -> None:
    """A grammar that backtracks takes minutes for these."""
    for piece in ("<p>", "</p>", "<a href=", '<a href="https://a/', "&amp", "<", "x", '"'):
        is_rendered(piece * 50_000)
