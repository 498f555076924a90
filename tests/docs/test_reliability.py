"""docs/reliability.md has a row for each promise, with the files that test it."""

import re

from tests.support.constants import PROJECT

DOCUMENT = (PROJECT / "docs" / "reliability.md").read_text("utf-8")
ROWS = {
    number: set(re.findall(r"`(tests/[^`]+)`", files))
    for number, files in re.findall(r"^\| (P\d+) \| .+ \| (`tests/.+`) \|$", DOCUMENT, re.MULTILINE)
}


def files_by_promise() -> dict[str, set[str]]:
    """Return the test files of each promise, by the markers in them."""
    files: dict[str, set[str]] = {}
    for path in sorted((PROJECT / "tests").rglob("test_*.py")):
        if path.parent.name == "support_tests":
            continue
        for number in re.findall(r"mark\.promise\(\s*\"(P\d+)\"", path.read_text("utf-8")):
            files.setdefault(number, set()).add(str(path.relative_to(PROJECT)))
    return files


def test_every_promise_has_a_row() -> None:
    assert list(ROWS) == [f"P{number}" for number in range(1, 25)]


def test_listed_files_exist() -> None:
    named = set().union(*ROWS.values())

    assert [name for name in sorted(named) if not (PROJECT / name).is_file()] == []


def test_files_with_tests_of_a_promise_are_listed() -> None:
    missing = {number: files - ROWS[number] for number, files in files_by_promise().items()}

    assert missing == {number: set() for number in missing}
