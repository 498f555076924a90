import json
from pathlib import Path

import pytest

from scripts.lib import reliability_report

OLD = "| P9 | merged twice | 10,000 | 0 | 2026-11-01 |"


@pytest.fixture
def document(tmp_path: Path) -> Path:
    place = tmp_path / "reliability.md"
    rows = reliability_report.HEAD + f"{OLD}\n| P11 | kills | 500 | 1 | 2026-11-02 |\n"
    place.write_text(f"before\n{reliability_report.BEGIN}{rows}{reliability_report.END}after\n")
    return place


def noted(place: Path, *lines: tuple[str, str, int, int]) -> Path:
    keys = ("promise", "what", "tried", "failed")
    figures_file = place / "figures.jsonl"
    figures_file.write_text(
        "".join(json.dumps(dict(zip(keys, line, strict=True))) + "\n" for line in lines)
    )
    return figures_file


def rows_of(document: Path) -> list[str]:
    return [line for line in document.read_text().splitlines() if line.startswith("| P")]


def without_day(rows: list[str]) -> list[str]:
    return [row.rsplit("|", 2)[0] for row in rows]


def test_a_whole_run_replaces_the_table_alone(document: Path, tmp_path: Path) -> None:
    lines = noted(tmp_path, ("P11", "kills", 300, 0), ("P11", "kills", 200, 0), ("P2", "x", 1, 0))

    printed = reliability_report.written(lines, whole=True, document=document)

    text = document.read_text()
    assert without_day(rows_of(document)) == ["| P2 | x | 1 | 0 ", "| P11 | kills | 500 | 0 "]
    assert text.startswith(f"before\n{reliability_report.BEGIN}{reliability_report.HEAD}")
    assert text.endswith(f"{reliability_report.END}after\n")
    assert printed[-2:] == rows_of(document)


def test_a_run_of_some_tests_keeps_the_other_figures(document: Path, tmp_path: Path) -> None:
    reliability_report.written(
        noted(tmp_path, ("P11", "kills", 7, 2)), whole=False, document=document
    )

    assert rows_of(document)[0] == OLD
    assert without_day(rows_of(document))[1:] == ["| P11 | kills | 7 | 2 "]


def test_a_run_that_noted_nothing_leaves_the_document(document: Path, tmp_path: Path) -> None:
    before = document.read_text()

    reliability_report.written(tmp_path / "missing", whole=False, document=document)

    assert document.read_text() == before
