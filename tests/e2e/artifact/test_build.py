"""Two builds of one commit are one artefact, wherever and by whomever they are made."""

import os
import shutil
from pathlib import Path

import pytest

from scripts.commands.build import report
from scripts.lib.paths import ROOT
from scripts.lib.tools import LAMBDA_PYTHON
from scripts.local_stack import build_artifact

pytestmark = pytest.mark.e2e

ARM = "manylinux_2_28_aarch64 manylinux2014_aarch64"
# Of Lambda's 250 MiB. Most of it are fonts and botocore.
MAX_BYTES = 61_000_000


def copy_project(folder: Path) -> Path:
    """Copy what is built to another place, with other dates and modes, and without a commit."""
    for name in ("handler", "templates"):
        shutil.copytree(ROOT / name, folder / name, copy_function=shutil.copyfile)
    for name in ("Makefile", "requirements.txt", "pyproject.toml"):
        shutil.copyfile(ROOT / name, folder / name)
    return folder


def test_two_builds_are_equal_to_the_byte_and_small(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("1", "2"):
        (tmp_path / name).mkdir()
    source = copy_project(tmp_path / "one place")
    first = build_artifact.build(tmp_path / "1" / "Function", LAMBDA_PYTHON, ARM, source)
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    earlier = os.umask(0o077)
    try:
        source = copy_project(tmp_path / "another place")
        second = build_artifact.build(tmp_path / "2" / "Function", LAMBDA_PYTHON, ARM, source)
    finally:
        os.umask(earlier)

    assert build_artifact.digest(first) == build_artifact.digest(second)
    assert build_artifact.size(first) < MAX_BYTES
    (line,) = report(first.parent)
    assert line.startswith("Function: ")
    assert line.endswith(f" MB unpacked, sha256 {build_artifact.digest(first)}")


def test_the_hash_is_of_paths_modes_and_contents(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "file"
    file.parent.mkdir()
    file.write_text("1")
    first = build_artifact.digest(file.parent)

    os.utime(file, (0, 0))
    assert build_artifact.digest(file.parent) == first
    file.chmod(0o755)
    assert build_artifact.digest(file.parent) != first
    file.chmod(0o644)
    assert build_artifact.digest(file.parent) == first
    file.write_text("2")
    assert build_artifact.digest(file.parent) != first
    file.write_text("1")
    file.rename(file.with_name("other"))
    assert build_artifact.digest(file.parent) != first
