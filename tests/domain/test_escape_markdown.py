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
    "an address": "http://a.example",
    "a site": "WWW.a.example",
    "mail": "a@b.example",
    "a footnote": "[^1]",
    "maths": "$x$",
}


@pytest.mark.parametrize(
    "text", [*MORE.values(), *HOSTILE_TEXT.values()], ids=[*MORE, *HOSTILE_TEXT]
)
def test_escaped_text_is_one_paragraph_of_text(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    tokens = (
        MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(escape_markdown(text))
    )

    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert {token.type for token in tokens[1].children or []} == {"text"}


@pytest.mark.parametrize("text", ["$1.25/M in, $10/M out", "82.1 %", "1M", "text, image", "a-b/c"])
def test_what_is_plain_stays_as_it_is(text: str) -> None:
    assert escape_markdown(text) == text


@pytest.mark.parametrize(
    "text", ["http://a.example", "https://a.example", "www.a.example", "a@b.c"]
)
def test_no_address_is_left_for_others_to_link(text: str) -> None:
    assert text not in escape_markdown(text)
    assert escape_markdown(text).replace("\\", "") == text
