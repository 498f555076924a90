"""Computes the digest of everything that draws cards: code, fonts and the version of HarfBuzz.

The URL of a card is cached forever, so that it has to change whenever its pixels may. Only a build
runs this, and code that was not built.
"""

from collections.abc import Iterable, Iterator
from hashlib import file_digest, sha256
from importlib.metadata import version
from pathlib import Path

from handler.web.cards.drawing_digest import BUILT
from handler.web.cards.text.font_files import FILES, find_font_file

HANDLER = Path(__file__).parents[2]

# Below the package `handler`: what rendering the content of a card runs, folders as a whole.
_SOURCES = (
    *("web/cards/drawing", "web/cards/text", "web/cards/palette.py", "web/cards/render.py"),
    *("web/rendering/metadata.py", "domain/invisible.py", "domain/text.py"),
)


def digest_drawing(handler: Path = HANDLER, fonts: Iterable[Path] | None = None) -> str:
    """Return the digest of the code in a folder of `handler`, and of font files."""
    digest = sha256(version("uharfbuzz").encode())
    for path in [*find_sources(handler), *(map(Path, find_fonts()) if fonts is None else fonts)]:
        with path.open("rb") as file:
            digest.update(path.name.encode() + file_digest(file, "sha256").digest())
    return digest.hexdigest()


def find_sources(handler: Path = HANDLER) -> Iterator[Path]:
    """Yield the files of code, in a fixed order."""
    for name in _SOURCES:
        path = handler / name
        yield from sorted(path.glob("*.py")) if path.is_dir() else [path]


def find_fonts() -> Iterator[str]:
    """Yield the paths of the font files, in the order of fallbacks."""
    return map(find_font_file, FILES)


def write_drawing_digest(handler: Path) -> None:
    """Write the digest where `read_drawing_digest` finds it."""
    (handler / "web" / "cards" / BUILT).write_text(digest_drawing(handler), "ascii")
