from collections.abc import Sequence

import pytest
from pip._internal.models.candidate import InstallationCandidate
from pip._internal.models.link import Link

from scripts.locking.package_index import IndexFailed, find_hashes
from scripts.locking.requirement_locks import Pin

WHEEL = "one-2.0-py3-none-any.whl"


class FakeFinder:
    """Has the files of one package, `one` 2.0, for a target."""

    def __init__(self, *files: str) -> None:
        self.files = files

    def find_all_candidates(self, project_name: str) -> Sequence[InstallationCandidate]:
        """Return a candidate for each file, whose hash is its position."""
        assert project_name == "one"
        links = [
            Link(f"https://files.example/{name}#sha256={position:064}")
            for position, name in enumerate(self.files)
        ]
        return [InstallationCandidate("one", "2.0", link) for link in links]


def test_hashes_are_those_of_wheels() -> None:
    finders = [FakeFinder("one-2.0.tar.gz", WHEEL)] * 2

    assert find_hashes(finders, Pin("one", "2.0", "one==2.0")) == (f"{1:064}",)


def test_version_for_later_pythons_alone_is_refused() -> None:
    finders = [FakeFinder(), FakeFinder(WHEEL)]

    with pytest.raises(IndexFailed, match=r"^one==2.0 has no file for Python 3.11.0$"):
        find_hashes(finders, Pin("one", "2.0", "one==2.0"))


def test_marker_allows_a_version_for_later_pythons() -> None:
    finders = [FakeFinder(), FakeFinder(WHEEL)]
    pin = Pin("one", "2.0", 'one==2.0; python_version >= "3.12"')

    assert find_hashes(finders, pin) == (f"{0:064}",)
