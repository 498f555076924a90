"""Tables for a terminal, and for docs/performance.md between its two markers."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from scripts.benchmarks.results import Table

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "performance.md"
BEGIN = "<!-- measured: what stands below is written by scripts/bench -->"
END = "<!-- measured until here -->"


def written(document: str, opening: str, tables: Sequence[Table]) -> str:
    """Return a document with the tables in place of those between its markers."""
    before, _, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        raise ValueError(f"the document has no {BEGIN} with {END} behind it")
    middle = "\n\n".join([BEGIN, opening, *("\n".join(_markdown(table)) for table in tables), END])
    return before + middle + after


def in_columns(table: Table) -> str:
    """Return a table for a terminal."""
    cells = [table.head, *table.rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(table.head))]
    lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in cells]
    return "\n".join([f"== {table.title}", *filter(None, [table.about]), *lines, ""])


def _markdown(table: Table) -> Iterator[str]:
    yield f"### {table.title}"
    yield ""
    if table.about:
        yield table.about
        yield ""
    yield f"| {' | '.join(table.head)} |"
    yield f"| {' | '.join('---' for _ in table.head)} |"
    for row in table.rows:
        yield f"| {' | '.join(row)} |"
