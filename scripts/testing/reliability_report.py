"""Figures of a long test run: printed, and written into docs/reliability.md.

Standard library only, like scripts/commands/test.py.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from scripts.lib.paths import ROOT

DOCUMENT = ROOT / "docs" / "reliability.md"
BEGIN, END = "<!-- figures -->\n", "<!-- end of figures -->\n"
HEAD = "| promise | what was tried | times | failed | on |\n| --- | --- | --: | --: | --- |\n"
ROW = re.compile(r"^\| (P\d+) \| (.+) \| ([\d,]+) \| (\d+) \| (\S+) \|$", re.MULTILINE)

# A promise's number, and which attempt to break it.
Attempt = tuple[str, str]


@dataclass(frozen=True)
class Figure:
    """How many attempts were made, how many tests of them failed, and on which day."""

    times: int
    failed: int
    on: str


def update_report(recorded: Path, complete: bool, document: Path = DOCUMENT) -> list[str]:
    """Write recorded figures into the document, and return them as lines to print.

    Figures that an incomplete run did not record keep their old values.
    """
    text = document.read_text("utf-8")
    lines = recorded.read_text("utf-8").splitlines() if recorded.is_file() else []
    new = sum_figures(lines, f"{datetime.now(UTC):%Y-%m-%d}")
    before, rest = text.split(BEGIN)
    table, after = rest.split(END)
    old = {} if complete else parse_table(table)
    document.write_text(before + BEGIN + format_table(old | new) + END + after, "utf-8")
    return ["", "== figures", *format_table(new).splitlines()]


def sum_figures(lines: Iterable[str], today: str) -> dict[Attempt, Figure]:
    """Return the figure of each attempt, summed over the tests that recorded it."""
    figures: dict[Attempt, Figure] = {}
    for line in map(json.loads, lines):
        attempt = (line["promise"], line["what"])
        sum_so_far = figures.get(attempt, Figure(0, 0, today))
        times, failed = sum_so_far.times + line["tried"], sum_so_far.failed + line["failed"]
        figures[attempt] = Figure(times, failed, today)
    return figures


def parse_table(rows: str) -> dict[Attempt, Figure]:
    """Return the figures in a table that `format_table` wrote."""
    return {
        (promise, label): Figure(int(times.replace(",", "")), int(failed), on)
        for promise, label, times, failed, on in ROW.findall(rows)
    }


def format_table(figures: Mapping[Attempt, Figure]) -> str:
    """Return the figures as a Markdown table, ordered by the promises' numbers."""
    ordered = sorted(figures.items(), key=lambda entry: (int(entry[0][0][1:]), entry[0][1]))
    return HEAD + "".join(
        f"| {promise} | {label} | {figure.times:,} | {figure.failed} | {figure.on} |\n"
        for (promise, label), figure in ordered
    )
