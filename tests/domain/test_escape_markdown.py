import pytest
from markdown_it import MarkdownIt

from handler.domain.text import escape_markdown
from tests.support.hostile.text import HOSTILE_TEXT

MORE = {
    "a heading": "# x",
    "an underline": "=== ",
    "a list": "- x",
    "a plus": "+ x",
    "a rule": "---",
    "numbers": "1. x",
    "brackets": "12) x",
    "a quote": "> x",
    "a fence": "```x",
    "tildes": "~~~",
    "emphasis": "*x* _y_ **z**",
    "code": "`x`",
    "an image": "![x](y)",
    "html": "<b>x</b>",
    "an entity": "&amp;",
    "a cell": "a | b",
    "a backslash": "\\",
    "a URL": "http://a.example",
    "a site": "WWW.a.example",
    "mail": "a@b.example",
    "a footnote": "[^1]",
    "maths": "$x$",
}


@pytest.mark.parametrize(
    "text", [*MORE.values(), *HOSTILE_TEXT.values()], ids=[*MORE, *HOSTILE_TEXT]
)
def test_escaped_text_is_one_plain_paragraph(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    tokens = (
        MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(escape_markdown(text))
    )

    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert {token.type for token in tokens[1].children or []} == {"text"}


@pytest.mark.parametrize("text", ["$1.25/M in, $10/M out", "82.1 %", "1M", "text, image", "a-b/c"])
def test_plain_text_is_unchanged(text: str) -> None:
    assert escape_markdown(text) == text


@pytest.mark.parametrize(
    "text", ["http://a.example", "https://a.example", "www.a.example", "a@b.c"]
)
def test_urls_and_addresses_are_not_autolinked(text: str) -> None:
    assert text not in escape_markdown(text)
    assert escape_markdown(text).replace("\\", "") == text
