"""The table of columns that the model list can be sorted by."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from handler.domain.search.summary import ModelRow


class SortColumn(NamedTuple):
    """One column: the value to sort by, and both orders in words.

    `starts_descending` says that people look for its largest values first.
    """

    value: Callable[[ModelRow], Any]
    ascending: str
    descending: str
    starts_descending: bool = False


SORT_COLUMNS = {
    "name": SortColumn(lambda row: row.name.lower(), "by name", "by name from Z"),
    "input": SortColumn(lambda row: row.input_price, "cheapest input first", "dearest input first"),
    "output": SortColumn(
        lambda row: row.output_price, "cheapest output first", "dearest output first"
    ),
    "context": SortColumn(
        lambda row: row.context, "shortest context first", "longest context first", True
    ),
    "rank": SortColumn(lambda row: row.rank, "best Arena rank first", "last Arena rank first"),
    "added": SortColumn(lambda row: row.created, "oldest first", "newest first", True),
}

SORT_WORDS = {
    sort: words
    for name, column in SORT_COLUMNS.items()
    for sort, words in ((name, column.ascending), (f"-{name}", column.descending))
}
"""Each value of `sort` in words. "-" before a column's name means its largest values first."""


def sort_rows(rows: Iterable[ModelRow], sort: str) -> list[ModelRow]:
    """Return the rows in the order of one of SORT_WORDS, those without the value last."""
    value = SORT_COLUMNS[sort.removeprefix("-")].value
    known: list[ModelRow] = []
    unknown: list[ModelRow] = []
    for row in rows:
        (unknown if value(row) is None else known).append(row)
    return sorted(known, key=value, reverse=sort.startswith("-")) + unknown
