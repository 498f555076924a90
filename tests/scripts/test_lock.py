import re
from pathlib import Path

import pytest

from scripts.lib.paths import ROOT
from scripts.locking.requirement_locks import LOCKED_FILES, Pin, lock_file, parse_requirements

REQUIREMENTS = """# A comment.

# what it is for
one==1.0 \\
    --hash=sha256:old
two[extra]==2.0
three==3; python_version < "3.12"
"""


def pins(path: Path) -> list[Pin]:
    return [entry for entry in parse_requirements(path.read_text()) if isinstance(entry, Pin)]


@pytest.mark.parametrize("path", LOCKED_FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_pinned_package_has_hashes(path: Path) -> None:
    assert [pin.line for pin in pins(path) if not pin.hashes] == []
    hashes = [value for pin in pins(path) for value in pin.hashes]
    assert [value for value in hashes if not re.fullmatch("[0-9a-f]{64}", value)] == []
    by_package = {(pin.name, value) for pin in pins(path) for value in pin.hashes}
    assert len({value for _, value in by_package}) == len(by_package)


def test_every_requirement_file_is_locked() -> None:
    files = {*ROOT.glob("requirements*.txt"), *ROOT.glob("*/requirements*.txt")}

    assert files == {*LOCKED_FILES}


@pytest.mark.parametrize("path", LOCKED_FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_package_index_is_named(path: Path) -> None:
    assert "://" not in path.read_text()
    assert "index-url" not in path.read_text()


def test_hashes_are_replaced_and_comments_stay(tmp_path: Path) -> None:
    path = tmp_path / "requirements.txt"
    path.write_text(REQUIREMENTS)

    assert lock_file(path, lambda pin: [f"{pin.name}-b", f"{pin.version}-a"])
    assert (
        path.read_text()
        == """# A comment.

# what it is for
one==1.0 \\
    --hash=sha256:1.0-a \\
    --hash=sha256:one-b
two[extra]==2.0 \\
    --hash=sha256:2.0-a \\
    --hash=sha256:two-b
three==3; python_version < "3.12" \\
    --hash=sha256:3-a \\
    --hash=sha256:three-b
"""
    )
    assert not lock_file(path, lambda pin: [f"{pin.name}-b", f"{pin.version}-a"])


@pytest.mark.parametrize("line", ["one", "one>=1", "one==1 --index-url x", "-r other.txt"])
def test_other_requirements_are_refused(tmp_path: Path, line: str) -> None:
    path = tmp_path / "requirements.txt"
    path.write_text(line)

    with pytest.raises(ValueError, match="does not pin a version: write name==version"):
        lock_file(path, lambda _pin: [])
    assert path.read_text() == line
