"""SAM accepts the template, and builds from it what the template's functions need."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from scripts.stacking.artefact import PROJECT
from tests.conftest import real_part

pytestmark = pytest.mark.e2e

# What a build reads: SAM's own copy of a whole project would take its environments along.
FOLDERS = ("handler", "templates")
FILES = ("Makefile", "requirements.txt", "template.yaml", "samconfig.toml")
AARCH64 = 0xB7
# SAM looks for credentials and for news of itself otherwise.
ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "unused",
    "AWS_SECRET_ACCESS_KEY": "unused",
    "AWS_DEFAULT_REGION": "us-east-1",
    "SAM_CLI_TELEMETRY": "0",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what is built, whose build leaves nothing in the real one."""
    for name in FOLDERS:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(PROJECT / name, tmp_path / name, ignore=ignored)
    for name in FILES:
        shutil.copy(PROJECT / name, tmp_path)
    return tmp_path


def sam(project: Path, *arguments: str) -> str:
    """Return what SAM CLI says, which must not fail."""
    environment = {**os.environ, **ENVIRONMENT, "__SAM_CLI_APP_DIR": str(project)}
    ended = subprocess.run(
        [real_part("BURGEE_SAM"), *arguments],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout + ended.stderr


def processor_of(library: Path) -> int:
    """Return the machine that a shared library is for, by its ELF header: its name may not say."""
    with library.open("rb") as file:
        return int.from_bytes(file.read(20)[18:], "little")


def test_the_template_is_valid_and_the_linter_finds_nothing(project: Path) -> None:
    said = sam(project, "validate", "--lint", "--region", "us-east-1")

    assert "is a valid SAM Template" in said


def test_sam_builds_what_each_function_runs_on_its_processor(project: Path) -> None:
    sam(project, "build")

    for function in ("RenderFunction", "RefreshFunction"):
        built = project / ".aws-sam" / "build" / function
        assert (built / "handler" / "render.py").exists()
        assert (built / "handler" / "refresh.py").exists()
        assert list((built / "templates").glob("tmpl_*.py"))
        assert (built / "handler" / "__pycache__" / "render.cpython-313.pyc").exists()
        binaries = {path.name: processor_of(path) for path in built.rglob("*.so")}
        assert binaries
        assert set(binaries.values()) == {AARCH64}
        assert not (built / "tests").exists()
        assert not (built / "scripts").exists()
