import shutil
import sys
from pathlib import Path

import pytest

from scripts.local_stack import build_artifact

pytestmark = pytest.mark.e2e

PYTHON_VERSION = "{}.{}".format(*sys.version_info)
CACHE_TAG = sys.implementation.cache_tag


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """This project with the packages that compile its templates alone, and with things left over.

    Those are bytecode of some other Python, and a test that must not ship.
    """
    source = tmp_path / "a project"
    for folder in ("handler", "templates"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(build_artifact.PROJECT / folder, source / folder, ignore=ignored)
    shutil.copy(build_artifact.PROJECT / "Makefile", source)
    pins = (build_artifact.PROJECT / "requirements.txt").read_text().splitlines()
    wanted = [pin for pin in pins if pin.startswith(("jinja2==", "markupsafe=="))]
    (source / "requirements.txt").write_text("\n".join(wanted))
    for name in ("handler/__pycache__/render.cpython-27.pyc", "tests/test_render.py"):
        (source / name).parent.mkdir()
        (source / name).write_text("left over")
    return source


COMPILED = (".html", ".svg", ".txt", ".xml")


def test_build_holds_the_code_its_bytecode_and_the_templates_as_python(
    source: Path, tmp_path: Path
) -> None:
    built = build_artifact.build(tmp_path / "built", PYTHON_VERSION, "manylinux2014_x86_64", source)

    files = _contents(built)
    assert "templates/style.css" in files
    assert not [name for name in files if "cpython-27" in name or name.startswith("tests/")]
    texts = [p for p in (source / "templates").iterdir() if p.suffix in COMPILED]
    assert len(list((built / "templates").glob("tmpl_*.py"))) == len(texts) > 5
    modules = {path for path in built.rglob("*.py") if path.stat().st_size}
    compiled = {path.parents[1] / f"{path.name.split('.')[0]}.py" for path in built.rglob("*.pyc")}
    assert modules <= compiled
    # Where Lambda puts the code, not where it was built.
    cache = files[f"handler/__pycache__/render.{CACHE_TAG}.pyc"]
    assert b"/var/task/handler/render.py" in cache


def test_two_builds_of_one_source_are_equal(source: Path, tmp_path: Path) -> None:
    built = [
        _contents(
            build_artifact.build(tmp_path / name, PYTHON_VERSION, "manylinux2014_x86_64", source)
        )
        for name in ("one", "another one")
    ]

    assert built[0] == built[1]


def test_what_is_built_is_not_built_again(source: Path, tmp_path: Path) -> None:
    build_artifact.build(tmp_path / "built", PYTHON_VERSION, "manylinux2014_x86_64", source)
    (source / "Makefile").unlink()

    build_artifact.build(tmp_path / "built", PYTHON_VERSION, "manylinux2014_x86_64", source)


def test_build_that_fails_says_why(source: Path, tmp_path: Path) -> None:
    (source / "requirements.txt").unlink()

    with pytest.raises(build_artifact.BuildFailed, match=r"Could not open requirements file"):
        build_artifact.build(tmp_path / "built", PYTHON_VERSION, "manylinux2014_x86_64", source)


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
