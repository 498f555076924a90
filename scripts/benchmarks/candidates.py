"""The functions that are compared: our artifact, and each baseline in a folder of its own."""

import shutil
import subprocess
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from scripts.benchmarks.results import OURS, NotMeasured
from scripts.lib.paths import ROOT
from scripts.local_stack import build_artifact
from scripts.local_stack.lambda_emulator import version_of

BASELINES = Path(__file__).with_name("baselines")
FASTAPI = "FastAPI + Mangum + boto3"
FLASK = "Flask + serverless-wsgi + boto3"
FLOOR = "the floor"
CONSTANT = "Mangum + Starlette, a constant"

_FOLDERS = {FASTAPI: "fastapi_boto3", FLASK: "flask_boto3", FLOOR: "floor", CONSTANT: "constant"}
# Everything that determines the artifact and the stored catalogs: see `source_digest`.
_OUR_SOURCES = (
    *("handler", "templates", "requirements.txt", "Makefile"),
    *("scripts/data", "scripts/benchmarks/fixtures/catalogs.py"),
)
_INSTALL_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Candidate:
    """A function to measure: the folder with its code and packages, and its module."""

    folder: Path
    module: str


def install_candidates(folder: Path, python: Path) -> dict[str, Candidate]:
    """Return every candidate by its name, built or installed in a folder if it is not there yet.

    The bytecode of all is compiled and never checked against its source, as in our artifact.
    """
    baselines = {
        name: Candidate(_install_baseline(folder, source, python), "app")
        for name, source in _FOLDERS.items()
    }
    return {OURS: Candidate(_build_ours(folder, python), "handler.render"), **baselines}


def source_digest(*paths: Path) -> str:
    """Return 12 digits that change with the contents of files and folders, except bytecode."""
    files = [file for path in paths for file in (sorted(path.rglob("*")) or [path])]
    whole = sha256()
    for file in files:
        if file.is_file() and not {"__pycache__", "node_modules"} & set(file.parts):
            whole.update(file.name.encode() + b"\0" + file.read_bytes())
    return whole.hexdigest()[:12]


def _build_ours(folder: Path, python: Path) -> Path:
    """Return our artifact, built by the Makefile for this machine's processor.

    Artifacts of older sources are removed: with their catalogs, they are large.
    """
    digest = source_digest(*(ROOT / name for name in _OUR_SOURCES))
    built = folder / f"ours-{digest}" / "built"
    built.parent.mkdir(parents=True, exist_ok=True)
    for older in set(folder.glob("ours-*")) - {built.parent}:
        shutil.rmtree(older, ignore_errors=True)
    return build_artifact.build(built, version_of(python), build_artifact.local_platforms())


def _install_baseline(folder: Path, name: str, python: Path) -> Path:
    source = BASELINES / name
    installed = folder / f"{name}-{source_digest(source)}"
    if not installed.exists():
        unfinished = installed.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(source, unfinished)
        if (source / "requirements.txt").exists():
            _install_packages(python, source / "requirements.txt", unfinished)
        _run(python, "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash", unfinished)
        unfinished.rename(installed)
    return installed


def _install_packages(python: Path, requirements: Path, target: Path) -> None:
    _run(
        *(python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-compile"),
        *("--disable-pip-version-check", "--target", target, "--requirement", requirements),
    )


def _run(*command: str | Path) -> None:
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=_INSTALL_SECONDS, check=False
    )
    if done.returncode != 0:
        raise NotMeasured(f"a baseline could not be installed: {done.stderr[-2_000:]}")
