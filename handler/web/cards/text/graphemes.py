"""Text from strangers as the characters that a reader sees, each in a font that has it."""

from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import category, combining, normalize

from handler.domain.text import collapse_whitespace
from handler.web.cards.text.fonts import Style, Typeface, typeface_for

# More than any card can show; what comes after it costs no time.
MAX_TEXT_CHARACTERS = 400

_JOINERS = "\u200c\u200d"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_SELECTORS = {0xFE0E: None, 0xFE0F: None}
# Vietnamese and Arabic have two. More would climb into the line above.
_MAX_STACKED_MARKS = 2
_MAX_GRAPHEME_CHARACTERS = 12


@dataclass(frozen=True, slots=True)
class Grapheme:
    """A base character with what belongs to it, and the typeface that draws it."""

    text: str
    typeface: Typeface


def drop_undrawable(text: str, style: Style) -> str:
    """Return the line as it can be drawn: without what no font has, with few stacked marks."""
    line = collapse_whitespace(text[:MAX_TEXT_CHARACTERS].translate(_SELECTORS))
    return collapse_whitespace("".join(cluster.text for cluster in split_graphemes(line, style)))


def split_graphemes(line: str, style: Style) -> list[Grapheme]:
    """Return the clusters of a line in logical order, without those that no font can draw."""
    return [cluster for part in _parts(line) if (cluster := _drawable(part, style))]


def _parts(line: str) -> Iterator[str]:
    start = 0
    for index in range(1, len(line) + 1):
        if index == len(line) or not _continues(line[index - 1], line[index]):
            yield line[start:index]
            start = index


def _continues(before: str, character: str) -> bool:
    return (
        category(character).startswith("M")
        or character in _JOINERS
        or ord(character) in _SKIN_TONES
        or (before == "\u200d" and category(character) == "So")
    )


def _drawable(part: str, style: Style) -> Grapheme | None:
    """Return a part in the font that has most of it, in compatible characters if none has it."""
    decomposed = _with_few_marks(normalize("NFD", part))
    for form in ("NFC", "NFKC"):
        text = normalize(form, decomposed)
        typeface = typeface_for(text, style)
        if typeface:
            return Grapheme("".join(filter(typeface.has, text)), typeface)
    return None


def _with_few_marks(part: str) -> str:
    """Return the base and what makes it up; no more than a few of the marks above and below."""
    kept: list[str] = []
    stacked = 0
    for character in part[:_MAX_GRAPHEME_CHARACTERS]:
        stacked += combining(character) != 0
        if not combining(character) or stacked <= _MAX_STACKED_MARKS:
            kept.append(character)
    return "".join(kept)
