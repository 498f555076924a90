"""Splits untrusted text into grapheme clusters, each with a typeface that has its glyphs."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from unicodedata import category, combining, normalize

from handler.domain.text import collapse_whitespace
from handler.web.cards.text.fonts import Style, Typeface, typeface_for

# More than any card can show. The rest is cut before it costs time.
MAX_TEXT_CHARACTERS = 400

_ZERO_WIDTH_JOINER = "\u200d"
_JOINERS = f"\u200c{_ZERO_WIDTH_JOINER}"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_WITHOUT_VARIATION_SELECTORS = {0xFE0E: None, 0xFE0F: None}
# Vietnamese and Arabic stack two marks. More would reach into the line above.
_MAX_STACKED_MARKS = 2
_MAX_GRAPHEME_CHARACTERS = 12


class Grapheme(NamedTuple):
    """A grapheme cluster, a base character with its marks, and the typeface that draws it."""

    text: str
    typeface: Typeface


def drop_undrawable(text: str, style: Style) -> str:
    """Return text as one line, without the characters that no font has and excess marks."""
    plain = text[:MAX_TEXT_CHARACTERS].translate(_WITHOUT_VARIATION_SELECTORS)
    graphemes = split_graphemes(collapse_whitespace(plain), style)
    return collapse_whitespace("".join(grapheme.text for grapheme in graphemes))


def split_graphemes(line: str, style: Style) -> list[Grapheme]:
    """Return the graphemes of a line in logical order, without those that no font can draw."""
    found = (_find_grapheme(cluster, style) for cluster in _clusters(line))
    return [grapheme for grapheme in found if grapheme]


def _clusters(line: str) -> Iterator[str]:
    if line.isascii():
        yield from line
        return
    start = 0
    for index in range(1, len(line) + 1):
        if index == len(line) or not _extends(line[index - 1], line[index]):
            yield line[start:index]
            start = index


def _extends(previous: str, character: str) -> bool:
    """Return whether a character belongs to the cluster before it, a simplified UAX #29."""
    return (
        category(character).startswith("M")
        or character in _JOINERS
        or ord(character) in _SKIN_TONES
        or (previous == _ZERO_WIDTH_JOINER and category(character) == "So")
    )


@lru_cache(maxsize=4096)
def _find_grapheme(cluster: str, style: Style) -> Grapheme | None:
    """Return a cluster with the best typeface, as compatible characters where none has it."""
    decomposed = _limit_marks(normalize("NFD", cluster))
    for form in ("NFC", "NFKC"):
        text = normalize(form, decomposed)
        typeface = typeface_for(text, style)
        if typeface:
            return Grapheme("".join(filter(typeface.has, text)), typeface)
    return None


def _limit_marks(cluster: str) -> str:
    characters: list[str] = []
    marks = 0
    for character in cluster[:_MAX_GRAPHEME_CHARACTERS]:
        marks += combining(character) != 0
        if not combining(character) or marks <= _MAX_STACKED_MARKS:
            characters.append(character)
    return "".join(characters)
