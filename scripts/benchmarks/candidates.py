"""What is compared: our artefact as it is built, and each rival in a folder of its own."""

import shutil
import subprocess
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from scripts.benchmarks.results import OURS, NotMeasured
from scripts.local_stack import build_artifact
from scripts.local_stack.lambda_emulator import version_of

RIVALS = Path(__file__).with_name("baselines")
FASTAPI = "FastAPI + Mangum + boto3"
FLASK = "Flask + serverless-wsgi + boto3"
FLOOR = "the floor"
CONSTANT = "Mangum + Starlette, a constant"

_FOLDERS = {
    FASTAPI: "fastapi_boto3",
    FLASK: "flask_boto3",
    FLOOR: "floor",
    CONSTANT: "constant",
}
# All of what makes the artefact and what it stores: see `digest_of`.
_MAKES_OURS = (
    *("handler", "templates", "requirements.txt", "Makefile"),
    *("scripts/data", "scripts/benchmarks/fixtures/catalogs.py"),
)
_INSTALL_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Candidate:
    """A function of one side: the folder that it runs in, on whose packages, and its module."""

    folder: Path
    module: str


def installed(place: Path, python: Path) -> dict[str, Candidate]:
    """Return every side by its name, built or installed into a place unless it is there.

    The bytecode of all is compiled, and never checked against its source, as in our artefact.
    """
    rivals = {
        name: Candidate(_rival(place, folder, python), "app") for name, folder in _FOLDERS.items()
    }
    return {OURS: Candidate(ours(place, python), "handler.render"), **rivals}


def ours(place: Path, python: Path) -> Path:
    """Return our artefact, built by the Makefile for this machine's processor.

    What older code built is removed: with the catalogs beside it, it is large.
    """
    root = build_artifact.PROJECT
    made = place / f"ours-{digest_of(*(root / name for name in _MAKES_OURS))}" / "built"
    made.parent.mkdir(parents=True, exist_ok=True)
    for older in set(place.glob("ours-*")) - {made.parent}:
        shutil.rmtree(older, ignore_errors=True)
    return build_artifact.build(made, version_of(python), build_artifact.wheels_for_here())


def digest_of(*places: Path) -> str:
    """Return some digits that change with what files and folders hold, bytecode aside."""
    files = [file for place in places for file in (sorted(place.rglob("*")) or [place])]
    whole = sha256()
    for file in files:
        if file.is_file() and not {"__pycache__", "node_modules"} & set(file.parts):
            whole.update(file.name.encode() + b"\0" + file.read_bytes())
    return whole.hexdigest()[:12]


def _rival(place: Path, folder: str, python: Path) -> Path:
    source = RIVALS / folder
    made = place / f"{folder}-{digest_of(source)}"
    if not made.exists():
        unfinished = made.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(source, unfinished)
        if (source / "requirements.txt").exists():
            _run(
                python,
                "-m",
                "pip",
                "install",
                "--quiet",
                "--no-deps",
                "--no-compile",
                "--disable-pip-version-check",
                "--target",
                unfinished,
                "--requirement",
                source / "requirements.txt",
            )
        _run(python, "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash", unfinished)
        unfinished.rename(made)
    return made


def _run(*command: str | Path) -> None:
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=_INSTALL_SECONDS, check=False
    )
    if done.returncode != 0:
        raise NotMeasured(f"a rival was not installed: {done.stderr[-2_000:]}")
