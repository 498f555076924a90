"""Text from strangers, made fit for one line of a preview."""

import re
from typing import NamedTuple
from unicodedata import combining

ELLIPSIS = "…"

# Controls, byte order marks, and the marks that reorder or hide what follows them, as a regular
# expression writes them between brackets. The joiners U+200C and U+200D are not among them: Indic
# scripts and emoji are spelled with them.
INVISIBLE = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u2069\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff"
)
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_ZERO_WIDTH_JOINER = "\u200d"
_EXTENDERS = frozenset("\u200c\u200d\ufe0e\ufe0f\u20e3") | {
    chr(tone) for tone in range(0x1F3FB, 0x1F400)
}
# Not behind "U.S.", "vs." and the like: three small letters or digits come before it.
_SENTENCE_END = re.compile(r"(?<=[a-z0-9)]{3}[.!?]) (?=[A-Z])")
_LATE = 0.6
_DANGLING = " ,;:·-–—(["


class RenderedDescription(NamedTuple):
    """A description in the two forms that pages need, made from Markdown when it enters.

    `lead` is plain text on one line, for metadata; `html` is safe to place in a page as it is.
    """

    lead: str
    html: str


def strip_invisible(text: str) -> str:
    """Return the text without control characters and marks that reorder or hide it."""
    return _INVISIBLE.sub("", text)


def collapse_whitespace(text: str) -> str:
    """Return the visible text, with each run of white space as one space."""
    return " ".join(strip_invisible(text).split())


def truncate(text: str, characters: int, utf8_bytes: int) -> str:
    """Return the text within both limits, cut at a word and ended by "…" where it was longer."""
    if _within(text, characters, utf8_bytes):
        return text
    room = _longest_prefix(text, characters - 1, utf8_bytes - len(ELLIPSIS.encode()))
    space = text.rfind(" ", 0, room + 1)
    end = space if space >= max(1, room // 2) else _character_boundary(text, room)
    return text[:end].rstrip(_DANGLING) + ELLIPSIS


def truncate_at_sentence(text: str, characters: int, utf8_bytes: int) -> str:
    """Return the text within both limits, cut after a sentence that ends late in it, else as `fit`.

    A few words of a next sentence tell less than a clean end.
    """
    cut = truncate(text, characters, utf8_bytes)
    ends = [end.start() for end in _SENTENCE_END.finditer(cut)] if cut != text else []
    return cut[: ends[-1]] if ends and ends[-1] >= _LATE * len(cut) else cut


def _within(text: str, characters: int, utf8_bytes: int) -> bool:
    return len(text) <= characters and len(text.encode()) <= utf8_bytes


def _longest_prefix(text: str, characters: int, utf8_bytes: int) -> int:
    clipped = text[:characters].encode()[:utf8_bytes].decode(errors="ignore")
    return len(clipped)


def _character_boundary(text: str, index: int) -> int:
    """Return the last place at or before `index` that is not inside what a reader sees as one."""
    while index > 0 and _continues(text, index):
        index -= 1
    return index


def _continues(text: str, index: int) -> bool:
    following = text[index]
    return (
        following in _EXTENDERS
        or combining(following) != 0
        or text[index - 1] == _ZERO_WIDTH_JOINER
    )


# What CommonMark or GitHub's extensions take for structure inside a line, addresses and formulas
# among them. A dollar before a digit opens no formula that a price could close.
_STRUCTURE = re.compile(r"[\\`*_{}\[\]<>|~#!&@^=]|\$(?!\d)|:(?=//)|(?i:(?<=www))\.")


# What begins a list, a rule or an underline where a block begins.
_BEGINNING = re.compile(r"^(\d{0,9})([-+]|(?<=\d)[.)](?= |$))")


def escape_markdown(text: str) -> str:
    """Return a text on one line, so that Markdown shows it and makes nothing of it."""
    line = _STRUCTURE.sub(lambda found: f"\\{found[0]}", collapse_whitespace(text))
    return _BEGINNING.sub(lambda found: f"{found[1]}\\{found[2]}", line)
