"""Checks the HTML of descriptions where it goes out: a snapshot's writer is no author of pages.

The grammar is what `adapters.markdown` writes, and no more. It is read once, from left to right.
"""

import re

from handler.web.rendering.template_runtime import Markup

_BLOCKS = "p|h[3-6]|ul|ol|li|blockquote|pre|code|em|strong"
_HOST = r"(?i:https?)://[\w.-]+(?::\d+)?"
# Text, a void element, an element's start in group 1, 2, 3 or 4, or its end in group 5.
_PIECE = re.compile(
    r'[^<>&"]+|&(?:amp|lt|gt|quot);|<(?:br|hr) />'
    rf"|<({_BLOCKS})>"
    r'|<(ol) start="\d{1,9}">'
    r'|<(code) class="language-[^<>"]*">'
    rf'|<(a) href="{_HOST}(?:[/?#][^<>"]*)?" rel="nofollow ugc">'
    rf"|</({_BLOCKS}|a)>",
    re.ASCII,
)


def trust_rendered(html: str) -> str:
    """Return HTML as Markup if it is in the grammar, else as text, which a template escapes."""
    return Markup(html) if is_rendered(html) else html


def is_rendered(html: str) -> bool:
    """Return whether the Markdown renderer could have written the HTML, every element closed."""
    opened: list[str] = []
    end = 0
    for piece in _PIECE.finditer(html):
        if piece.start() != end:
            return False
        end = piece.end()
        if not piece.lastindex:
            continue
        name = piece[piece.lastindex]
        if piece.lastindex < _PIECE.groups:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return end == len(html) and not opened
