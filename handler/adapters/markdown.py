"""Markdown descriptions as plain text and as safe HTML, by the CommonMark library.

Raw HTML is shown as the text that it is. Links lead to http(s) addresses, absolute ones, or are
dropped and leave their words behind; so do images.
"""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urljoin, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

from handler.domain.text import (
    ELLIPSIS,
    RenderedDescription,
    collapse_whitespace,
    strip_invisible,
    truncate,
)

LEAD_CHARACTERS = 400
_LEAD_BYTES = 4 * LEAD_CHARACTERS
_MAX_MARKDOWN_CHARACTERS = 50_000
_SCHEMES = frozenset({"http", "https"})
# Names with a port at most: a user before an "@" would pass for the host.
_HOST = re.compile(r"[\w.-]+(:\d+)?", re.ASCII)
_MIN_HEADING_LEVEL = 3  # a description stands under a section's <h2>

# Upstream cuts descriptions off with three dots, in the middle of a link too.
_CUT_LINK = re.compile(r"\[([^\[\]]{1,300}?)(?:\]\([^()\s]*)?(?:\.\.\.|…)$")
_STRONG = "**"  # left over where the other half was cut off, or stands against a word
_CUT = re.compile(r"\s*(?:\.\.\.|…)$")


class MarkdownItRenderer:
    """Implements `ports.MarkdownRenderer`."""

    def __init__(self, base_url: str) -> None:
        """Take the URL that relative links start from."""
        self._base_url = base_url
        self._markdown = MarkdownIt("commonmark", {"html": False})
        # Every link becomes a token, so that `_link` can keep the words of a bad one.
        self._markdown.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005

    def __call__(self, markdown: str) -> RenderedDescription:
        """Return the text and the HTML of a description; both empty for an empty one."""
        tokens = self._markdown.parse(
            _repair_cut_link(strip_invisible(markdown[:_MAX_MARKDOWN_CHARACTERS]))
        )
        safe = [self._safe(token) for token in tokens]
        html = self._markdown.renderer.render(safe, self._markdown.options, {})
        lead = collapse_whitespace(" ".join(_plain_text(safe)).replace(_STRONG, ""))
        return RenderedDescription(
            lead=truncate(lead, LEAD_CHARACTERS, _LEAD_BYTES), html=html.strip()
        )

    def _safe(self, token: Token) -> Token:
        if token.type in ("heading_open", "heading_close"):
            level = min(int(token.tag[1]) + _MIN_HEADING_LEVEL - 1, 6)
            token.tag = f"h{level}"
        if token.children is not None:
            token.children = list(self._safe_inline(token.children))
        return token

    def _safe_inline(self, children: Sequence[Token]) -> Iterator[Token]:
        dropped: list[bool] = []
        for token in children:
            if token.type == "link_open":
                url = self._link(str(token.attrs.get("href", "")))
                dropped.append(url is None)
                if url:
                    token.attrs = {"href": url, "rel": "nofollow ugc"}
                    yield token
            elif token.type == "link_close":
                if not dropped.pop():
                    yield token
            elif token.type == "image":
                yield Token("text", "", 0, content=token.content)
            else:
                yield token

    def _link(self, url: str) -> str | None:
        """Return the absolute form of a link, None for one that must not be followed."""
        try:
            absolute = urljoin(self._base_url, url)
            parts = urlsplit(absolute)
        except ValueError:
            return None
        return absolute if parts.scheme in _SCHEMES and _HOST.fullmatch(parts.netloc) else None


def _repair_cut_link(markdown: str) -> str:
    """Return the Markdown with a link that was cut off reduced to its words."""
    text = _CUT_LINK.sub(lambda cut: f"{cut[1]}...", markdown.rstrip())
    return _CUT.sub(ELLIPSIS, text)


def _plain_text(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.children is not None:
            yield "".join(_inline_text(token.children))
        elif token.type in ("fence", "code_block"):
            yield token.content


def _inline_text(children: Sequence[Token]) -> Iterator[str]:
    for token in children:
        yield " " if token.type in ("softbreak", "hardbreak") else token.content
