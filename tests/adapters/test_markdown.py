from html.parser import HTMLParser

import pytest

from handler.adapters.markdown import LEAD_CHARACTERS, MarkdownItRenderer
from handler.domain.text import RenderedDescription
from tests.support.hostile.text import HOSTILE_TEXT

render = MarkdownItRenderer("https://openrouter.ai/")


def link(url: str, text: str) -> str:
    return f'<a href="{url}" rel="nofollow ugc">{text}</a>'


@pytest.mark.parametrize(
    ("markdown", "lead", "html"),
    [
        ("", "", ""),
        ("Plain\nwords.", "Plain words.", "<p>Plain\nwords.</p>"),
        (
            "**Bold** and `code`",
            "Bold and code",
            "<p><strong>Bold</strong> and <code>code</code></p>",
        ),
        ("One.\n\nTwo.", "One. Two.", "<p>One.</p>\n<p>Two.</p>"),
        (
            "# Title\n\n* a\n* b",
            "Title • a • b",
            "<h3>Title</h3>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>",
        ),
        ("1. Fast\n2. Cheap", "1. Fast 2. Cheap", "<ol>\n<li>Fast</li>\n<li>Cheap</li>\n</ol>"),
        ("1. a\n1. b", "1. a 2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
        ("2025. A year", "2025. A year", '<ol start="2025">\n<li>A year</li>\n</ol>'),
        (
            "7) a\n   - b",
            "7) a • b",
            '<ol start="7">\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ol>',
        ),
        ("# Title\n\nFast", "Title. Fast", "<h3>Title</h3>\n<p>Fast</p>"),
        (
            "Fast:\n\n[docs](/docs)\n\nEnd!\n\nEnd",
            "Fast: docs. End! End",
            f"<p>Fast:</p>\n<p>{link('https://openrouter.ai/docs', 'docs')}</p>\n"
            "<p>End!</p>\n<p>End</p>",
        ),
        ("`a ** b` and `**c`", "a ** b and **c", "<p><code>a ** b</code> and <code>**c</code></p>"),
        ("x**2 and y", "x**2 and y", "<p>x**2 and y</p>"),
        ("good.** It", "good. It", "<p>good.** It</p>"),
        (
            "<think>...</think> tags",
            "<think>...</think> tags",
            "<p>&lt;think&gt;...&lt;/think&gt; tags</p>",
        ),
        ("![a cat](http://x.example/c.png)", "a cat", "<p>a cat</p>"),
        (
            "See [o1](/openai/o1).",
            "See o1.",
            f"<p>See {link('https://openrouter.ai/openai/o1', 'o1')}.</p>",
        ),
        (
            "See [g](google/gemma).",
            "See g.",
            f"<p>See {link('https://openrouter.ai/google/gemma', 'g')}.</p>",
        ),
        ("[x](<https://a.example/>)", "x", f"<p>{link('https://a.example/', 'x')}</p>"),
        (
            "[x](javascript:alert(1)) [y](data:text/html,1) [z](mailto:a@b.example)",
            "x y z",
            "<p>x y z</p>",
        ),
        ("[x](&#106;avascript:1) [y](http://)", "x y", "<p>x y</p>"),
        (
            "[x](http://[bad) [y](http://a]b/) [z](https://openrouter.ai@evil.example/) "
            "[v](http://[::zz]/)",
            "x y z v",
            "<p>x y z v</p>",
        ),
        (
            "See\n\n```\ncode <b>\n```",
            "See code <b>",
            "<p>See</p>\n<pre><code>code &lt;b&gt;\n</code></pre>",
        ),
        (
            "Pricing is as follows, [per...",
            "Pricing is as follows, per…",
            "<p>Pricing is as follows, per…</p>",
        ),
        (
            "See [our docs](https://openrouter.ai/docs/use...",
            "See our docs…",
            "<p>See our docs…</p>",
        ),
        (
            "A sentence that was cut...",
            "A sentence that was cut…",
            "<p>A sentence that was cut…</p>",
        ),
        ("**cut in bold...", "cut in bold…", "<p>**cut in bold…</p>"),
    ],
    ids=[
        "empty",
        "a soft break",
        "marks",
        "paragraphs",
        "headings and lists",
        "an ordered list",
        "a list whose source repeats its number",
        "a number at the start",
        "a list in a list",
        "a heading before a paragraph",
        "paragraphs without a full stop",
        "asterisks in code",
        "asterisks between words",
        "half of a mark",
        "raw tags",
        "a picture",
        "a link from the root",
        "a relative link",
        "an absolute link",
        "links that must not be followed",
        "disguised links",
        "invalid links",
        "code",
        "a truncated label",
        "a truncated link",
        "a truncated sentence",
        "truncated bold text",
    ],
)
def test_a_description_becomes_text_and_safe_html(markdown: str, lead: str, html: str) -> None:
    assert render(markdown) == RenderedDescription(lead, html)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.markup: set[str] = set()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.markup.add(tag)
        for name, value in attributes:
            self.markup.add(f"{tag} {name}")
            assert name != "href" or (value or "").startswith(("https://", "http://"))


@pytest.mark.parametrize("text", HOSTILE_TEXT.values(), ids=HOSTILE_TEXT)
@pytest.mark.parametrize("form", ["{}", "[{}]({})", "`{}`", "> {}", "# {}", "<{}>"])
def test_no_description_adds_markup(form: str, text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    description = render(form.format(text, text))

    tags = _Tags()
    tags.feed(description.html)

    assert tags.markup <= {
        "p",
        "a",
        "a href",
        "a rel",
        "em",
        "strong",
        "code",
        "pre",
        "blockquote",
        "ul",
        "ol",
        "li",
        "h3",
        "h4",
        "h5",
        "h6",
        "br",
        "hr",
    }
    assert len(description.lead) <= LEAD_CHARACTERS
    assert "\n" not in description.lead
