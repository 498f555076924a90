"""The artifact that SAM would upload, built for a chosen Python by the same Makefile target."""

import fcntl
import os
import platform
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from scripts.lib.paths import ROOT

# The processor of the functions in template.yaml, and Lambda's glibc, as in the Makefile.
DEPLOYED_PLATFORMS = "manylinux_2_28_aarch64 manylinux2014_aarch64"

_TARGET = "build-RenderFunction"
_BUILD_SECONDS = 300
_MAX_LOG_CHARACTERS = 2_000


class BuildFailed(Exception):
    """The build failed; the message ends with the last lines of its output."""


def build(destination: Path, python_version: str, platforms: str, source: Path = ROOT) -> Path:
    """Return the destination folder, with the artifact built in it unless it exists.

    `platforms` names the platforms of the wheels, separated by spaces: `manylinux2014_x86_64`.
    If several processes build one destination at once, one builds and the others wait.
    """
    with destination.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not destination.exists():
            unfinished = destination.with_suffix(".unfinished")
            _make(unfinished, python_version, platforms, source)
            unfinished.rename(destination)
    return destination


def local_platforms() -> str:
    """Return the platforms of wheels that run on this machine, the preferred one first."""
    return f"manylinux_2_28_{platform.machine()} manylinux2014_{platform.machine()}"


def digest(folder: Path) -> str:
    """Return a SHA-256 over the paths, modes and contents of a folder; dates do not matter."""
    whole = sha256()
    for path in sorted(folder.rglob("*")):
        mode = path.lstat().st_mode
        content = str(path.readlink()).encode() if path.is_symlink() else _content(path)
        name = path.relative_to(folder).as_posix()
        whole.update(f"{name}\0{mode:o}\0{sha256(content).hexdigest()}\n".encode())
    return whole.hexdigest()


def size(folder: Path) -> int:
    """Return the total bytes of all files in a folder. Lambda's limit is 250 MB."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _make(artifacts: Path, python_version: str, platforms: str, source: Path) -> None:
    """Run make as SAM does, with the folder in ARTIFACTS_DIR."""
    artifacts.mkdir(parents=True)
    done = subprocess.run(
        [
            "make",
            "--makefile",
            source / "Makefile",
            _TARGET,
            f"PYTHON_VERSION={python_version}",
            f"PLATFORM={platforms}",
        ],
        cwd=source,
        env={**os.environ, "PATH": _search_path(), "ARTIFACTS_DIR": str(artifacts)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=_BUILD_SECONDS,
        check=False,
    )
    if done.returncode != 0:
        log = done.stdout[-_MAX_LOG_CHARACTERS:]
        raise BuildFailed(f"make {_TARGET} in {source} failed: {log}")


def _search_path() -> str:
    """Return PATH with the folder of this interpreter first, which may not be on PATH."""
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
