import tomllib
from pathlib import Path

import pytest

from handler.version import read_version
from tests.support.builders import HERMES, MemoryStore, catalog_bytes
from tests.support.constants import PROJECT
from tests.support.http.asgi import ask, create_app


def test_checkout_has_the_version_of_its_project() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]

    assert read_version() == project["version"]


@pytest.mark.parametrize(
    ("files", "version"),
    [
        ({"handler/version.txt": "1.2.3+abc\n", "pyproject.toml": 'version = "9"\n'}, "1.2.3+abc"),
        ({"pyproject.toml": '[project]\nversion = "1.2.3"\n'}, "1.2.3"),
        ({}, "unknown"),
    ],
    ids=["artifact", "checkout", "neither"],
)
def test_version_is_that_of_the_folder(tmp_path: Path, files: dict[str, str], version: str) -> None:
    (tmp_path / "handler").mkdir()
    for name, text in files.items():
        (tmp_path / name).write_text(text)

    assert read_version(tmp_path / "handler") == version


def test_health_names_the_version() -> None:
    app = create_app(MemoryStore(catalog_bytes([HERMES])), "https://previews.example.org")

    assert ask(app, "/healthz").body.decode().splitlines()[3:] == [f"code {read_version()}"]
