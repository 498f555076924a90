"""The sums in docs/cost.md are right."""

import re

import pytest

from tests.support.constants import PROJECT

COST = (PROJECT / "docs" / "cost.md").read_text("utf-8")


def numbers(row: str, columns: int) -> list[float]:
    """Return the last cells of a row of the cost tables, as numbers."""
    cells = [cell.strip(" *") for cell in row.strip("|").split("|")]
    return [float(cell) for cell in cells[-columns:]]


def rows(start: str, end: str) -> list[str]:
    """Return the rows of a table from the one starting with `start` up to that with `end`."""
    table = COST[COST.index(f"\n| {start}") + 1 : COST.index(f"\n| {end}")]
    return table.splitlines()


def row(start: str, columns: int) -> list[float]:
    (found,) = re.findall(rf"^\| {re.escape(start)}.*$", COST, re.MULTILINE)
    return numbers(found, columns)


def test_cost_of_previews_adds_up() -> None:
    parts = [numbers(line, 3) for line in rows("CloudFront, requests", "**previews**")]

    assert [sum(column) for column in zip(*parts, strict=True)] == pytest.approx(
        row("**previews**", 3)
    )


def test_fixed_and_total_cost_add_up() -> None:
    table = COST.split("\n## Fixed cost\n")[1].split("\n## ")[0]
    parts = [numbers(line, 1) for line in table.splitlines() if re.search(r"\d \|$", line)]
    fixed = sum(part[0] for part in parts)

    assert len(parts) == 7
    assert row("**fixed cost**", 3) == pytest.approx([fixed] * 3)
    assert row("**total**", 3) == pytest.approx([cost + fixed for cost in row("**previews**", 3)])
