"""Markdown descriptions as plain text and safe HTML, by a CommonMark library.

Raw HTML is escaped. Links become absolute http(s) URLs; other links, and all images, are replaced
by their text.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import count, pairwise, repeat
from urllib.parse import urljoin, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

from handler.domain.invisible import strip_invisible
from handler.domain.text import (
    ELLIPSIS,
    MAX_DESCRIPTION_CHARACTERS,
    RenderedDescription,
    collapse_whitespace,
    truncate_at_phrase,
)

LEAD_CHARACTERS = 400
_LEAD_BYTES = 4 * LEAD_CHARACTERS
_SCHEMES = frozenset({"http", "https"})
# A name, with a port at most: a user before an "@" could look like the host.
_HOST = re.compile(r"[\w.-]+(:\d+)?", re.ASCII)
_MIN_HEADING_LEVEL = 3  # a description is placed under a section's <h2>

# Upstream truncates descriptions with three dots, in the middle of a link too.
_TRUNCATIONS = ("...", ELLIPSIS)
_MAX_LINK_TEXT_CHARACTERS = 300
# Left over where the other half was cut off, or touches a word.
_STRONG = re.compile(r"(?<=\s)\*\*+|(?<!\*)\*\*+(?=\s)")
_OUTSIDE_URL = re.compile(r"[()\s]")


class MarkdownItRenderer:
    """Implements `ports.MarkdownRenderer`."""

    def __init__(self, base_url: str) -> None:
        """Take the URL that relative links are resolved against."""
        self._base_url = base_url
        self._markdown = MarkdownIt("commonmark", {"html": False})
        # Every link becomes a token, so that the text of a rejected one can be kept.
        self._markdown.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005

    def __call__(self, markdown: str) -> RenderedDescription:
        """Return the text and the HTML of a description, of its first 4,000 characters."""
        visible = strip_invisible(markdown[:MAX_DESCRIPTION_CHARACTERS])
        tokens = self._markdown.parse(_repair_truncated_link(visible))
        safe = [self._sanitize(token) for token in tokens]
        html = self._markdown.renderer.render(safe, self._markdown.options, {})
        lead = truncate_at_phrase(
            collapse_whitespace(_plain_text(safe)), LEAD_CHARACTERS, _LEAD_BYTES
        )
        return RenderedDescription(lead, html.strip())

    def _sanitize(self, token: Token) -> Token:
        if token.type in ("heading_open", "heading_close"):
            level = min(int(token.tag[1]) + _MIN_HEADING_LEVEL - 1, 6)
            token.tag = f"h{level}"
        if token.children is not None:
            token.children = list(self._sanitize_inline(token.children))
        return token

    def _sanitize_inline(self, children: Sequence[Token]) -> Iterator[Token]:
        is_dropped: list[bool] = []
        for token in children:
            if token.type == "link_open":
                url = self._absolute_url(str(token.attrs.get("href", "")))
                is_dropped.append(url is None)
                if url:
                    token.attrs = {"href": url, "rel": "nofollow ugc"}
                    yield token
            elif token.type == "link_close":
                if not is_dropped.pop():
                    yield token
            elif token.type == "image":
                yield Token("text", "", 0, content=token.content)
            else:
                yield token

    def _absolute_url(self, url: str) -> str | None:
        """Return the absolute URL of a link, None if it must not be followed."""
        try:
            absolute = urljoin(self._base_url, url)
            parts = urlsplit(absolute)
        except ValueError:
            return None
        return absolute if parts.scheme in _SCHEMES and _HOST.fullmatch(parts.netloc) else None


def _repair_truncated_link(markdown: str) -> str:
    """Return the Markdown with a link that was cut off reduced to its text."""
    text = markdown.rstrip()
    mark = next(filter(text.endswith, _TRUNCATIONS), None)
    if mark is None:
        return text
    text = text.removesuffix(mark)
    start, end = _truncated_link(text)
    if 0 < end - start <= _MAX_LINK_TEXT_CHARACTERS and "]" not in text[start:end]:
        text = text[: start - 1] + text[start:end]
    return text.rstrip() + ELLIPSIS


def _truncated_link(text: str) -> tuple[int, int]:
    """Return where the text of a link begins and ends that is open at the end; 0, 0 for none."""
    end = text.rfind("](")
    if end < 0 or _OUTSIDE_URL.search(text, end + 2):
        end = len(text)
    start = text.rfind("[", 0, end) + 1
    return (start, end) if start else (0, 0)


def _plain_text(tokens: Sequence[Token]) -> str:
    """Return the text of all blocks, with a full stop where two paragraphs would run together."""
    blocks = list(_blocks(tokens))
    return " ".join(
        f"{text}." if is_prose and next_is_prose and text[-1:].isalnum() else text
        for (text, is_prose), (_, next_is_prose) in pairwise([*blocks, ("", False)])
    )


def _blocks(tokens: Sequence[Token]) -> Iterator[tuple[str, bool]]:
    """Yield each block, whether it is a paragraph or a heading, and the marks of list items."""
    lists: list[Iterator[str]] = []
    for token in tokens:
        if token.type in ("ordered_list_open", "bullet_list_open"):
            lists.append(_item_marks(token))
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            yield next(lists[-1]), False
        elif token.children is not None:
            yield "".join(_inline_text(token.children)).strip(), True
        elif token.type in ("fence", "code_block"):
            yield token.content, False


def _item_marks(token: Token) -> Iterator[str]:
    """Yield bullets, or the numbers that HTML shows: those of the source count from its first."""
    if token.type == "bullet_list_open":
        return repeat("•")
    return (f"{number}{token.markup}" for number in count(int(token.attrs.get("start", 1))))


def _inline_text(tokens: Sequence[Token]) -> Iterator[str]:
    last = len(tokens) - 1
    for position, token in enumerate(tokens):
        if token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.type == "text":
            start, end = " " * (position == 0), " " * (position == last)
            yield _STRONG.sub("", f"{start}{token.content}{end}")
        else:
            yield token.content
