"""docs/reliability.md names each promise once, and the tests that try it."""

import re
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
DOCUMENT = (PROJECT / "docs" / "reliability.md").read_text("utf-8")
ROWS = {
    number: set(re.findall(r"`(tests/[^`]+)`", files))
    for number, files in re.findall(r"^\| (P\d+) \| .+ \| (`tests/.+`) \|$", DOCUMENT, re.MULTILINE)
}


def marked() -> dict[str, set[str]]:
    """Return the files that have tests of each promise, by their markers."""
    files: dict[str, set[str]] = {}
    for path in sorted((PROJECT / "tests").rglob("test_*.py")):
        if path.parent.name == "support_tests":
            continue
        for number in re.findall(r"mark\.promise\(\s*\"(P\d+)\"", path.read_text("utf-8")):
            files.setdefault(number, set()).add(str(path.relative_to(PROJECT)))
    return files


def test_every_promise_has_its_row() -> None:
    assert list(ROWS) == [f"P{number}" for number in range(1, 23)]


def test_every_file_that_a_row_names_is_there() -> None:
    named = set().union(*ROWS.values())

    assert [name for name in sorted(named) if not (PROJECT / name).is_file()] == []


def test_every_file_with_a_marked_test_is_named_in_the_row_of_its_promise() -> None:
    assert {number: files - ROWS[number] for number, files in marked().items()} == {
        number: set() for number in marked()
    }
