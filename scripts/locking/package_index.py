"""The files of pinned packages in the index that pip is configured for.

With internal classes of pip, which has no public interface for it: scripts/requirements-lock.txt
pins its version.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Protocol

from pip._internal.cli.req_command import RequirementCommand
from pip._internal.commands import create_command
from pip._internal.exceptions import PipError
from pip._internal.index.package_finder import PackageFinder
from pip._internal.models.candidate import InstallationCandidate
from pip._internal.models.link import Link
from pip._internal.models.target_python import TargetPython
from pip._vendor.packaging.version import Version

from scripts.locking.requirement_locks import HashesOf, Pin

# The Pythons and platforms that the project runs on: Lambda, and machines of developers.
_PYTHONS = ((3, 11), (3, 12), (3, 13), (3, 14))
OLDEST_PYTHON = ".".join(map(str, _PYTHONS[0]))
_GLIBC = [*(f"manylinux_2_{minor}" for minor in range(39, 16, -1)), "manylinux2014"]
_PLATFORMS = (
    [f"{name}_x86_64" for name in _GLIBC],
    [f"{name}_aarch64" for name in _GLIBC],
    ["macosx_14_0_arm64"],
)
_FOR_ANY = "-none-any.whl"


class Finder(Protocol):
    """What finds the files of a package for one target: pip's PackageFinder."""

    def find_all_candidates(self, project_name: str) -> Sequence[InstallationCandidate]:
        """Return the files whose tags and Requires-Python suit the target."""


class IndexFailed(Exception):
    """The index cannot be read, or has no file of a version for a Python; the message names it."""


@contextmanager
def open_index() -> Iterator[HashesOf]:
    """Yield a function that returns the hashes of a pin. Raises IndexFailed."""
    # An index without a package is no fault where another has it.
    logging.getLogger("pip").setLevel(logging.ERROR)
    command = create_command("download")
    assert isinstance(command, RequirementCommand)  # noqa: S101 - for mypy
    try:
        with command.main_context():
            finders = list(_finders(command))
            yield cache(lambda pin: find_hashes(finders, pin))
    except PipError as error:
        raise IndexFailed(f"the package index cannot be read: {error}") from error


def _finders(command: RequirementCommand) -> Iterator[PackageFinder]:
    options, _ = command.parse_args([])
    session = command.get_default_session(options)
    for python in _PYTHONS:
        for platforms in _PLATFORMS:
            target = TargetPython(platforms, python, None, "cp")
            yield command._build_package_finder(options, session, target_python=target)


def find_hashes(finders: Sequence[Finder], pin: Pin) -> tuple[str, ...]:
    """Return the hashes of the wheels for all targets, or of the source if there is none.

    `finders` has one for each target, those of the oldest Python first. Raises IndexFailed if there
    is no file, or none for the oldest Python, whatever its patch release. A pin with a marker says
    itself for which Pythons it is.
    """
    links = list(_links(finders, pin))
    hashes = {link.hash for link in links if link.is_wheel and link.hash}
    hashes = hashes or {link.hash for link in links if link.hash}
    if not hashes:
        raise IndexFailed(f"the package index has no file with a hash for {pin.line}")
    return tuple(sorted(hashes))


def _links(finders: Sequence[Finder], pin: Pin) -> Iterator[Link]:
    """Yield the files of a version for each target. One wheel for any target is enough."""
    version = Version(pin.version)
    for number, finder in enumerate(finders):
        candidates = finder.find_all_candidates(pin.name)
        links = [entry.link for entry in candidates if entry.version == version]
        if number == 0 and not links and ";" not in pin.line:
            raise IndexFailed(f"{pin.line} has no file for Python {OLDEST_PYTHON}.0")
        yield from (link for link in links if link.hash_name == "sha256")
        wheels = [link.filename for link in links if link.is_wheel]
        if wheels and all(name.endswith(_FOR_ANY) for name in wheels):
            return
