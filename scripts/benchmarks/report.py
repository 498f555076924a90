"""Tables for a terminal, and for docs/performance.md between its two markers."""

from collections.abc import Iterator, Sequence

from scripts.benchmarks.results import Table
from scripts.lib.paths import ROOT

DOCUMENT = ROOT / "docs" / "performance.md"
BEGIN = "<!-- measured: scripts/bench writes everything up to the next marker -->"
END = "<!-- end of measured -->"


def replace_tables(document: str, introduction: str, tables: Sequence[Table]) -> str:
    """Return the document with these tables between its markers. Raises ValueError without them."""
    before, _, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        raise ValueError(f"the document has no {BEGIN} followed by {END}")
    sections = ["\n".join(_markdown(table)) for table in tables]
    return before + "\n\n".join([BEGIN, introduction, *sections, END]) + after


def format_columns(table: Table) -> str:
    """Return the table in columns, for a terminal."""
    cells = [table.head, *table.rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(table.head))]
    lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in cells]
    return "\n".join([f"== {table.title}", *filter(None, [table.method]), *lines, ""])


def _markdown(table: Table) -> Iterator[str]:
    yield f"### {table.title}"
    yield ""
    if table.method:
        yield table.method
        yield ""
    yield f"| {' | '.join(table.head)} |"
    yield f"| {' | '.join('---' for _ in table.head)} |"
    for row in table.rows:
        yield f"| {' | '.join(row)} |"
