"""What SAM would upload, built for the interpreter at hand: by the same target of the Makefile."""

import fcntl
import os
import platform
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]

_TARGET = "build-RenderFunction"
_BUILD_SECONDS = 300
_LAST_CHARACTERS = 2_000


class BuildFailed(Exception):
    """The build ended with an error; the message ends with the last of its output."""


def build(destination: Path, python_version: str, wheels: str, source: Path = PROJECT) -> Path:
    """Return the artefact in the destination folder, built there unless it already is.

    The wheels are named by their platform, such as `manylinux2014_x86_64`, or several of them
    with spaces between.
    Of processes that build one destination at once, one builds and the others wait.
    """
    with destination.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not destination.exists():
            unfinished = destination.with_suffix(".unfinished")
            _make(unfinished, python_version, wheels, source)
            unfinished.rename(destination)
    return destination


def wheels_for_here() -> str:
    """Return the platforms of wheels that run on this machine, the best first."""
    return f"manylinux_2_28_{platform.machine()} manylinux2014_{platform.machine()}"


def digest(folder: Path) -> str:
    """Return a SHA-256 over the paths, modes and contents of a folder, whatever their dates."""
    whole = sha256()
    for path in sorted(folder.rglob("*")):
        mode = path.lstat().st_mode
        content = str(path.readlink()).encode() if path.is_symlink() else _content(path)
        name = path.relative_to(folder).as_posix()
        whole.update(f"{name}\0{mode:o}\0{sha256(content).hexdigest()}\n".encode())
    return whole.hexdigest()


def size(folder: Path) -> int:
    """Return the bytes of all files of a folder: what Lambda limits to 250 MB."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _make(artefacts: Path, python_version: str, wheels: str, source: Path) -> None:
    """Run make as SAM does, which hands the folder over in the environment."""
    artefacts.mkdir(parents=True)
    made = subprocess.run(
        [
            "make",
            "--makefile",
            source / "Makefile",
            _TARGET,
            f"PYTHON_VERSION={python_version}",
            f"PLATFORM={wheels}",
        ],
        cwd=source,
        env={**os.environ, "PATH": _path(), "ARTIFACTS_DIR": str(artefacts)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=_BUILD_SECONDS,
        check=False,
    )
    if made.returncode != 0:
        raise BuildFailed(f"make {_TARGET} in {source} failed: {made.stdout[-_LAST_CHARACTERS:]}")


def _path() -> str:
    """Return the search path with this interpreter first, which may be on none."""
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
