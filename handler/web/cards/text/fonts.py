"""The fonts of the cards: three styles, and fallbacks for characters that these lack.

A file is mapped into memory when a character first needs it: most cards need two.
"""

from enum import Enum
from functools import cache, lru_cache
from typing import NamedTuple

import uharfbuzz as hb

from handler.web.cards.text.font_files import FILES, SANS, SERIF, find_font_file

# Font units in an em. A line is shaped once in these units, then drawn at any size.
EM = 4096


class Style(Enum):
    """A text style: a font file, its weight, and its optical size in points."""

    TITLE = (SERIF, 720.0, 40.0)
    STRONG = (SANS, 640.0, 24.0)
    TEXT = (SANS, 500.0, 8.0)

    def __init__(self, file: str, weight: float, optical_size: float) -> None:
        self.file = file
        self.axes = {"wght": weight, "opsz": optical_size}


class Typeface(NamedTuple):
    """A font file with the variations of one style.

    `has_joined_letters` is whether letters of its scripts may touch, as in Arabic or Devanagari.
    """

    file: str
    font: hb.Font
    has_joined_letters: bool

    def has(self, character: str) -> bool:
        """Return whether the font maps a character to a glyph."""
        return bool(self.font.get_nominal_glyph(ord(character)))


@cache
def load_typeface(file: str, style: Style) -> Typeface:
    """Return the typeface of a file in a style."""
    font = hb.Font(_load_face(file))
    font.scale = (EM, EM)
    font.set_variations(style.axes)
    return Typeface(file, font, file not in (SERIF, SANS))


@lru_cache(maxsize=4096)
def typeface_for(cluster: str, style: Style) -> Typeface | None:
    """Return the first typeface with all characters of a cluster, else with its first, or None."""
    partial = None
    for file in (style.file, *FILES):
        typeface = load_typeface(file, style)
        if typeface.has(cluster[0]):
            if all(map(typeface.has, cluster)):
                return typeface
            partial = partial or typeface
    return partial


@cache
def _load_face(file: str) -> hb.Face:
    return hb.Face(hb.Blob.from_file_path(find_font_file(file)))
