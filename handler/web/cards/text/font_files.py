"""The font files of the cards, found in their Python packages without importing these."""

# ruff: noqa: PTH118 - pathlib is slow to import

import os
from importlib.machinery import PathFinder

SERIF = "SourceSerif4[opsz,wght].ttf"
SANS = "LibreFranklin[wght].ttf"
_CJK = "NotoSansCJKjp-Bold.otf"
_SCRIPTS = (
    "",
    *("Arabic", "Hebrew", "Devanagari", "Thai", "Bengali", "Tamil", "Telugu", "Gujarati"),
    *("Gurmukhi", "Kannada", "Malayalam", "Oriya", "Sinhala", "Khmer", "Lao", "Myanmar"),
    *("Armenian", "Georgian", "Ethiopic", "Symbols"),
)
# In this order. Emoji are last: they have glyphs for characters that others draw as plain text.
FILES = (
    *(SERIF, SANS),
    *(f"NotoSans{script}[wght].ttf" for script in _SCRIPTS),
    *(_CJK, "NotoEmoji[wght].ttf"),
)
_PACKAGES = {
    SERIF: "fontpkg_source_serif_4/files",
    SANS: "fontpkg_libre_franklin/files",
    _CJK: "noto_cjk_sans_jp_bold",
}
_FALLBACK_PACKAGE = "manimgx_fonts"


def find_font_file(file: str) -> str:
    """Return the path of a font file. Raises FileNotFoundError without its package."""
    package, _, folder = _PACKAGES.get(file, _FALLBACK_PACKAGE).partition("/")
    spec = PathFinder.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"{file}: the package {package} of requirements.txt is missing")
    return os.path.join(spec.submodule_search_locations[0], folder, file)
