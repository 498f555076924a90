"""Requirement files in which each pinned package has the hashes of its files.

Standard library only.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from scripts.lib.paths import ROOT

LOCKED_FILES = tuple(
    ROOT / name
    for name in (
        "requirements.txt",
        "scripts/requirements.txt",
        "scripts/requirements-lock.txt",
        "tests/requirements.txt",
        "tests/requirements-atheris.txt",
        "tests/requirements-checkov.txt",
        "tests/requirements-cosmic-ray.txt",
        "tests/requirements-lambda.txt",
        "tests/requirements-moto.txt",
        "tests/requirements-pre-commit.txt",
        "tests/requirements-sam.txt",
        "tests/requirements-schemathesis.txt",
        "tests/requirements-unit.txt",
    )
)
_PIN = re.compile(r"([\w.-]+)(?:\[[\w,-]+\])?==([^\s;\\]+)(?:;[^\\]*)?")
_HASH = "--hash=sha256:"


class Pin(NamedTuple):
    """A package, its version, the line without hashes, and the SHA-256 hashes of its files."""

    name: str
    version: str
    line: str
    hashes: tuple[str, ...] = ()


HashesOf = Callable[[Pin], Iterable[str]]


def parse_requirements(text: str) -> Iterator[Pin | str]:
    """Yield each pin of a requirement file, and each other line as it is.

    Raises ValueError for a requirement that is not pinned exactly.
    """
    for line in text.replace("\\\n", " ").splitlines():
        if not line.strip() or line.startswith("#"):
            yield line
            continue
        pinned, *hashes = re.split(rf"\s+{_HASH}", line.rstrip())
        match = _PIN.fullmatch(pinned)
        if match is None:
            raise ValueError(f"{pinned!r} does not pin a version: write name==version")
        yield Pin(match[1], match[2], pinned, tuple(hashes))


def lock_file(path: Path, hashes_of: HashesOf) -> bool:
    """Replace the hashes in a requirement file, and return whether that changed it."""
    text = path.read_text("utf-8")
    entries = parse_requirements(text)
    locked = "".join(
        f"{_locked(entry._replace(hashes=tuple(hashes_of(entry))))}\n"
        if isinstance(entry, Pin)
        else f"{entry}\n"
        for entry in entries
    )
    path.write_text(locked, "utf-8")
    return locked != text


def _locked(pin: Pin) -> str:
    hashes = (f"{_HASH}{value}" for value in sorted(pin.hashes))
    return " \\\n    ".join([pin.line, *hashes])
