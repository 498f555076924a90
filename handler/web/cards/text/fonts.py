"""The fonts of the cards, by what they are for and by which glyphs they have.

They come in packages, found without being imported. A file is mapped into memory when a character
first asks for it: most cards touch two.
"""

from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

import uharfbuzz as hb

# Text is shaped once in units of which this many make the size, then drawn at any size.
EM = 4096


_SERIF = "SourceSerif4[opsz,wght].ttf"
_SANS = "LibreFranklin[wght].ttf"
_CJK = "NotoSansCJKjp-Bold.otf"


class Style(Enum):
    """A voice of the cards: its font, how bold it is, and for which size it is cut."""

    TITLE = (_SERIF, 720.0, 40.0)
    FIGURE = (_SANS, 640.0, 24.0)
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
# Where a glyph is looked for when the style's own font lacks it. Emoji come last, or they would
# draw characters that have a plain form too.
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


@dataclass(frozen=True, slots=True)
class Typeface:
    """A font file as one style needs it."""

    file: str
    font: hb.Font

    def has(self, character: str) -> bool:
        """Return whether the font has a glyph for a character of its own."""
        return bool(self.font.get_nominal_glyph(ord(character)))


@cache
def typeface(file: str, style: Style) -> Typeface:
    """Return a file in a style, mapped into memory once."""
    font = hb.Font(_face(file))
    font.scale = (EM, EM)
    font.set_variations(style.axes)
    return Typeface(file, font)


@lru_cache(maxsize=4096)
def typeface_for(cluster: str, style: Style) -> Typeface | None:
    """Return the first typeface with every character, else with the first; None if none has it."""
    partial = None
    for file in (style.file, *_FALLBACKS):
        face = typeface(file, style)
        if face.has(cluster[0]):
            if all(map(face.has, cluster)):
                return face
            partial = partial or face
    return partial


@cache
def _face(file: str) -> hb.Face:
    package, _, folder = _PACKAGES.get(file, _FALLBACK_PACKAGE).partition("/")
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"{file}: the package {package} of requirements.txt is missing")
    place = Path(spec.submodule_search_locations[0]) / folder / file
    return hb.Face(hb.Blob.from_file_path(place))
