import sys
from pathlib import Path

import pytest

from tests.support import artefact

pytestmark = pytest.mark.e2e

PYTHON_VERSION = "{}.{}".format(*sys.version_info)
CACHE = f"handler/__pycache__/render.{sys.implementation.cache_tag}.pyc"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A project without packages, with bytecode that some other Python left."""
    files = {
        "Makefile": (artefact.PROJECT / "Makefile").read_text(),
        "requirements.txt": "",
        "handler/render.py": "NAME = 'burgee'\n",
        "handler/__pycache__/render.cpython-27.pyc": "left over",
        "templates/page.html": "<p>{{ name }}</p>",
        "tests/test_render.py": "not shipped",
    }
    for name, text in files.items():
        path = tmp_path / "a project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "a project"


def test_build_holds_the_code_its_bytecode_and_the_templates(source: Path, tmp_path: Path) -> None:
    built = artefact.build(tmp_path / "built", PYTHON_VERSION, "manylinux2014_x86_64", source)

    assert _contents(built).keys() == {"handler/render.py", CACHE, "templates/page.html"}
    # Where Lambda puts the code, not where it was built.
    assert b"/var/task/handler/render.py" in (built / CACHE).read_bytes()


def test_two_builds_of_one_source_are_equal(source: Path, tmp_path: Path) -> None:
    built = [
        _contents(artefact.build(tmp_path / name, PYTHON_VERSION, "manylinux2014_x86_64", source))
        for name in ("one", "another one")
    ]

    assert built[0] == built[1]


def test_what_is_built_is_not_built_again(source: Path, tmp_path: Path) -> None:
    artefact.build(tmp_path / "built", PYTHON_VERSION, "manylinux2014_x86_64", source)
    (source / "Makefile").unlink()

    artefact.build(tmp_path / "built", PYTHON_VERSION, "manylinux2014_x86_64", source)


def test_build_that_fails_says_why(source: Path, tmp_path: Path) -> None:
    (source / "requirements.txt").unlink()

    with pytest.raises(artefact.BuildFailed, match=r"Could not open requirements file"):
        artefact.build(tmp_path / "built", PYTHON_VERSION, "manylinux2014_x86_64", source)


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
