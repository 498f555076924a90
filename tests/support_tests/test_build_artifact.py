import re
import shutil
import sys
from pathlib import Path

import pytest

from handler.web.cards.drawing_sources import digest_drawing
from handler.web.cards.font_packages import FONT_PACKAGES
from handler.web.rendering.templates import COMPILED, file_name
from scripts.lib.paths import ROOT
from scripts.local_stack import build_artifact

pytestmark = pytest.mark.e2e

PYTHON_VERSION = "{}.{}".format(*sys.version_info)
CACHE_TAG = sys.implementation.cache_tag

# What compiles templates, and what draws cards.
NEEDED = ("jinja2==", "markupsafe==", "uharfbuzz==", "fontpkg", "manimgx-", "noto-")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A copy of this project that needs only the packages that the build itself uses.

    It also has files that must not be deployed: bytecode of another Python, and a test.
    """
    source = tmp_path / "a project"
    for folder in ("handler", "templates"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / folder, source / folder, ignore=ignored)
    shutil.copy(ROOT / "Makefile", source)
    pins = (ROOT / "requirements.txt").read_text().replace("\\\n", " ").splitlines()
    wanted = [pin for pin in pins if pin.startswith(NEEDED)]
    (source / "requirements.txt").write_text("\n".join(wanted))
    for name in ("handler/__pycache__/render.cpython-27.pyc", "tests/test_render.py"):
        (source / name).parent.mkdir()
        (source / name).write_text("must not be deployed")
    return source


def test_build_has_code_bytecode_and_compiled_templates(source: Path, tmp_path: Path) -> None:
    built = build_artifact.build(tmp_path / "built", PYTHON_VERSION, "manylinux2014_x86_64", source)

    files = _contents(built)
    assert "templates/assets/style.css" in files
    assert files["handler/web/cards/drawing.digest"].decode() == digest_drawing()
    assert not [name for name in files if "cpython-27" in name or name.startswith("tests/")]
    sources = [p for name in ("pages", "files") for p in (source / "templates" / name).rglob("*.*")]
    names = {file_name(path.relative_to(source / "templates").as_posix()) for path in sources}
    assert {path.name for path in (built / "templates" / COMPILED).glob("*.py")} == names
    assert {path.name for path in (built / "templates").iterdir()} == {"assets", COMPILED}
    assert not [name for name in files if name.startswith(("jinja2", "markupsafe"))]
    modules = {path for path in built.rglob("*.py") if path.stat().st_size}
    compiled = {path.parents[1] / f"{path.name.split('.')[0]}.py" for path in built.rglob("*.pyc")}
    assert modules <= compiled
    # The path of the code on Lambda, not where it was built.
    bytecode = files[f"handler/__pycache__/render.{CACHE_TAG}.pyc"]
    assert b"/var/task/handler/render.py" in bytecode


def test_two_builds_of_one_source_are_equal(source: Path, tmp_path: Path) -> None:
    built = [
        _contents(
            build_artifact.build(tmp_path / name, PYTHON_VERSION, "manylinux2014_x86_64", source)
        )
        for name in ("one", "another one")
    ]

    assert built[0] == built[1]


def test_existing_build_is_reused(source: Path, tmp_path: Path) -> None:
    build_artifact.build(tmp_path / "built", PYTHON_VERSION, "manylinux2014_x86_64", source)
    (source / "Makefile").unlink()

    build_artifact.build(tmp_path / "built", PYTHON_VERSION, "manylinux2014_x86_64", source)


def test_font_packages_bring_no_code(source: Path, tmp_path: Path) -> None:
    built = build_artifact.build(tmp_path / "built", PYTHON_VERSION, "manylinux2014_x86_64", source)

    data = [name for name in _contents(built) if name.startswith(FONT_PACKAGES)]
    suffixes = {Path(name).suffix for name in data if ".dist-info/" not in name}
    assert suffixes == {".ttf", ".otf"}
    assert {Path(name).name for name in data if ".dist-info/" in name} == {"METADATA", "LICENSE"}
    assert not list(built.glob(".wheels"))


def test_file_without_a_listed_hash_is_refused(source: Path, tmp_path: Path) -> None:
    requirements = source / "requirements.txt"
    other_hash = rf"\g<1>{'0' * 64}"
    text = re.sub(r"(jinja2==.*sha256:)[0-9a-f]{64}", other_hash, requirements.read_text())
    requirements.write_text(text)

    with pytest.raises(build_artifact.BuildFailed, match="DO NOT MATCH THE HASHES"):
        build_artifact.build(tmp_path / "built", PYTHON_VERSION, "manylinux2014_x86_64", source)


def test_failed_build_reports_the_error(source: Path, tmp_path: Path) -> None:
    (source / "requirements.txt").unlink()

    with pytest.raises(build_artifact.BuildFailed, match=r"Could not open requirements file"):
        build_artifact.build(tmp_path / "built", PYTHON_VERSION, "manylinux2014_x86_64", source)


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
