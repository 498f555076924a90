"""The fonts of the cards: three styles, and fallbacks for characters that these lack.

Fonts come in Python packages, found without importing them. A file is mapped into memory when a
character first needs it: most cards need two.
"""

# ruff: noqa: PTH118 - pathlib is slow to import

import os
from enum import Enum
from functools import cache, lru_cache
from importlib.machinery import PathFinder
from typing import NamedTuple

import uharfbuzz as hb

# Font units in an em. A line is shaped once in these units, then drawn at any size.
EM = 4096

_SERIF = "SourceSerif4[opsz,wght].ttf"
_SANS = "LibreFranklin[wght].ttf"
_CJK = "NotoSansCJKjp-Bold.otf"


class Style(Enum):
    """A text style: a font file, its weight, and its optical size in points."""

    TITLE = (_SERIF, 720.0, 40.0)
    STRONG = (_SANS, 640.0, 24.0)
    TEXT = (_SANS, 500.0, 8.0)

    def __init__(self, file: str, weight: float, optical_size: float) -> None:
        self.file = file
        self.axes = {"wght": weight, "opsz": optical_size}


_SCRIPTS = (
    "",
    *("Arabic", "Hebrew", "Devanagari", "Thai", "Bengali", "Tamil", "Telugu", "Gujarati"),
    *("Gurmukhi", "Kannada", "Malayalam", "Oriya", "Sinhala", "Khmer", "Lao", "Myanmar"),
    *("Armenian", "Georgian", "Ethiopic", "Symbols"),
)
# In this order. Emoji are last: they have glyphs for characters that others draw as plain text.
_FALLBACKS = (
    *(_SERIF, _SANS),
    *(f"NotoSans{script}[wght].ttf" for script in _SCRIPTS),
    *(_CJK, "NotoEmoji[wght].ttf"),
)
_PACKAGES = {
    _SERIF: "fontpkg_source_serif_4/files",
    _SANS: "fontpkg_libre_franklin/files",
    _CJK: "noto_cjk_sans_jp_bold",
}
_FALLBACK_PACKAGE = "manimgx_fonts"


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
    return Typeface(file, font, file not in (_SERIF, _SANS))


@lru_cache(maxsize=4096)
def typeface_for(cluster: str, style: Style) -> Typeface | None:
    """Return the first typeface with all characters of a cluster, else with its first, or None."""
    partial = None
    for file in (style.file, *_FALLBACKS):
        typeface = load_typeface(file, style)
        if typeface.has(cluster[0]):
            if all(map(typeface.has, cluster)):
                return typeface
            partial = partial or typeface
    return partial


@cache
def _load_face(file: str) -> hb.Face:
    package, _, folder = _PACKAGES.get(file, _FALLBACK_PACKAGE).partition("/")
    spec = PathFinder.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"{file}: the package {package} of requirements.txt is missing")
    path = os.path.join(spec.submodule_search_locations[0], folder, file)
    return hb.Face(hb.Blob.from_file_path(path))
