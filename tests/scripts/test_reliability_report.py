import json
from pathlib import Path

import pytest

from scripts.testing import reliability_report

OLD = "| P9 | merged twice | 10,000 | 0 | 2026-11-01 |"


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "reliability.md"
    rows = reliability_report.HEAD + f"{OLD}\n| P11 | kills | 500 | 1 | 2026-11-02 |\n"
    path.write_text(f"before\n{reliability_report.BEGIN}{rows}{reliability_report.END}after\n")
    return path


def record(folder: Path, *lines: tuple[str, str, int, int]) -> Path:
    keys = ("promise", "what", "tried", "failed")
    figures_file = folder / "figures.jsonl"
    figures_file.write_text(
        "".join(json.dumps(dict(zip(keys, line, strict=True))) + "\n" for line in lines)
    )
    return figures_file


def read_rows(document: Path) -> list[str]:
    return [line for line in document.read_text().splitlines() if line.startswith("| P")]


def without_dates(rows: list[str]) -> list[str]:
    return [row.rsplit("|", 2)[0] for row in rows]


def test_complete_run_replaces_the_table(document: Path, tmp_path: Path) -> None:
    lines = record(tmp_path, ("P11", "kills", 300, 0), ("P11", "kills", 200, 0), ("P2", "x", 1, 0))

    printed = reliability_report.update_report(lines, complete=True, document=document)

    text = document.read_text()
    assert without_dates(read_rows(document)) == ["| P2 | x | 1 | 0 ", "| P11 | kills | 500 | 0 "]
    assert text.startswith(f"before\n{reliability_report.BEGIN}{reliability_report.HEAD}")
    assert text.endswith(f"{reliability_report.END}after\n")
    assert printed[-2:] == read_rows(document)


def test_partial_run_keeps_other_figures(document: Path, tmp_path: Path) -> None:
    reliability_report.update_report(
        record(tmp_path, ("P11", "kills", 7, 2)), complete=False, document=document
    )

    assert read_rows(document)[0] == OLD
    assert without_dates(read_rows(document))[1:] == ["| P11 | kills | 7 | 2 "]


def test_run_without_figures_leaves_the_document(document: Path, tmp_path: Path) -> None:
    before = document.read_text()

    reliability_report.update_report(tmp_path / "missing", complete=False, document=document)

    assert document.read_text() == before
