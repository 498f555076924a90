import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from handler.web.cards.content.card_content import CardContent, content_hash, hash_with_drawing
from handler.web.cards.drawing_digest import BUILT, read_drawing_digest
from handler.web.cards.drawing_sources import (
    HANDLER,
    digest_drawing,
    find_fonts,
    find_sources,
    write_drawing_digest,
)
from tests.support.constants import PROJECT

SOURCES = [path.relative_to(HANDLER) for path in find_sources()]
# Imported by the drawing, and without an effect on pixels: the content of a card, which is hashed
# itself, and JSON for scripts, which the metadata of a page imports.
WITHOUT_PIXELS = {"web/cards/content/card_content.py", "web/cards/drawing_digest.py"}
UNUSED = {"domain/formatting.py"}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return shutil.copytree(HANDLER, tmp_path / "handler")


@pytest.mark.parametrize("changed", SOURCES, ids=str)
def test_hash_changes_with_any_file_of_the_drawing(changed: Path, copy: Path) -> None:
    before = digest_drawing(copy, fonts=())

    with (copy / changed).open("a") as file:
        file.write("# a change\n")

    after = digest_drawing(copy, fonts=())
    assert hash_with_drawing(CardContent(), after) != hash_with_drawing(CardContent(), before)


def test_hash_changes_with_a_font(tmp_path: Path) -> None:
    font = tmp_path / "one.ttf"
    font.write_bytes(b"glyphs")
    before = digest_drawing(fonts=[font])

    font.write_bytes(b"other glyphs")

    assert digest_drawing(fonts=[font]) != before


def test_digest_covers_every_module_that_drawing_imports() -> None:
    code = "import sys, handler.web.cards.render; print(*sys.modules)"
    run = [sys.executable, "-c", code]
    done = subprocess.run(run, cwd=PROJECT, capture_output=True, text=True, check=True)

    modules = [name.split(".")[1:] for name in done.stdout.split() if name.startswith("handler.")]
    files = {"/".join(parts) + ".py" for parts in modules if not HANDLER.joinpath(*parts).is_dir()}
    assert files - WITHOUT_PIXELS - UNUSED == {
        path.as_posix() for path in SOURCES if path.name != "__init__.py"
    }


def test_digest_covers_every_font() -> None:
    assert all(Path(path).is_file() for path in find_fonts())


def test_written_digest_is_read_instead_of_the_sources(tmp_path: Path) -> None:
    folder = tmp_path / "web" / "cards"
    folder.mkdir(parents=True)

    (folder / BUILT).write_text("built")

    assert read_drawing_digest(str(folder)) == "built"
    assert content_hash(CardContent()) == hash_with_drawing(CardContent(), digest_drawing())


def test_build_writes_the_digest_of_its_own_code(copy: Path) -> None:
    write_drawing_digest(copy)

    assert read_drawing_digest(str(copy / "web" / "cards")) == digest_drawing(copy)
