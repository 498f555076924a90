"""What a long run of the tests has tried, printed and written into docs/reliability.md.

Standard library only, as scripts/commands/test.py is.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from scripts.lib.tools import ROOT

DOCUMENT = ROOT / "docs" / "reliability.md"
BEGIN, END = "<!-- figures -->\n", "<!-- end of figures -->\n"
HEAD = "| promise | what was tried | times | failed | on |\n| --- | --- | --: | --: | --- |\n"
ROW = re.compile(r"^\| (P\d+) \| (.+) \| ([\d,]+) \| (\d+) \| (\S+) \|$", re.MULTILINE)

# A promise and what was tried of it
Subject = tuple[str, str]


@dataclass(frozen=True)
class Figure:
    """How often something was tried, how many tests of it failed, and on which day."""

    times: int
    failed: int
    on: str


def written(noted: Path, whole: bool, document: Path = DOCUMENT) -> list[str]:
    """Write what was noted into the document, and return it as lines to print.

    Those of a run that was not whole leave what it did not try as it stood.
    """
    text = document.read_text("utf-8")
    lines = noted.read_text("utf-8").splitlines() if noted.is_file() else []
    tried = summed(lines, f"{datetime.now(UTC):%Y-%m-%d}")
    before, rest = text.split(BEGIN)
    old, after = rest.split(END)
    kept = {} if whole else parsed(old)
    document.write_text(before + BEGIN + table(kept | tried) + END + after, "utf-8")
    return ["", "== figures", *table(tried).splitlines()]


def summed(lines: Iterable[str], today: str) -> dict[Subject, Figure]:
    """Return the figure of each subject: several tests of one add up."""
    figures: dict[Subject, Figure] = {}
    for line in map(json.loads, lines):
        subject = (line["promise"], line["what"])
        so_far = figures.get(subject, Figure(0, 0, today))
        times, failed = so_far.times + line["tried"], so_far.failed + line["failed"]
        figures[subject] = Figure(times, failed, today)
    return figures


def parsed(rows: str) -> dict[Subject, Figure]:
    """Return the figures that a table has."""
    return {
        (promise, what): Figure(int(times.replace(",", "")), int(failed), on)
        for promise, what, times, failed, on in ROW.findall(rows)
    }


def table(figures: Mapping[Subject, Figure]) -> str:
    """Return the figures as a table, by the promises' numbers."""
    ordered = sorted(figures.items(), key=lambda entry: (int(entry[0][0][1:]), entry[0][1]))
    return HEAD + "".join(
        f"| {promise} | {what} | {figure.times:,} | {figure.failed} | {figure.on} |\n"
        for (promise, what), figure in ordered
    )
