"""What the operations manual calculates adds up."""

import re
from pathlib import Path

import pytest

MANUAL = (Path(__file__).resolve().parents[1] / "docs" / "operations.md").read_text("utf-8")
COST = MANUAL.split("\n## Cost\n")[1]


def numbers(row: str, columns: int) -> list[float]:
    """Return the last cells of a row of the cost tables."""
    cells = [cell.strip(" *") for cell in row.strip("|").split("|")]
    return [float(cell) for cell in cells[-columns:]]


def rows(start: str, end: str) -> list[str]:
    """Return the rows of a table from the one that starts so up to the one that starts so."""
    table = COST[COST.index(f"\n| {start}") + 1 : COST.index(f"\n| {end}")]
    return table.splitlines()


def row(start: str, columns: int) -> list[float]:
    (found,) = re.findall(rf"^\| {re.escape(start)}.*$", COST, re.MULTILINE)
    return numbers(found, columns)


def test_what_previews_cost_adds_up() -> None:
    parts = [numbers(line, 3) for line in rows("CloudFront, requests", "**for previews**")]

    assert [sum(column) for column in zip(*parts, strict=True)] == pytest.approx(
        row("**for previews**", 3)
    )


def test_what_being_there_costs_adds_up() -> None:
    table = COST.split("\nFor being there:\n")[1]
    parts = [numbers(line, 1) for line in table.splitlines() if re.search(r"\d \|$", line)]
    fixed = sum(part[0] for part in parts)

    assert len(parts) == 7
    assert row("**for being there**", 3) == pytest.approx([fixed] * 3)
    assert row("**together**", 3) == pytest.approx(
        [cost + fixed for cost in row("**for previews**", 3)]
    )
