"""Queries of the model list: filters, an order and a page.

Parsing never fails: an unknown parameter or an unreadable value changes nothing. Equal queries have
one canonical form, with the parameters in the order of PARAMETERS.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, Self
from urllib.parse import urlencode

from handler.domain.search.filter import Filter
from handler.domain.search.filters import FILTERS
from handler.domain.search.summary import ModelRow

PARAMETERS = (*dict.fromkeys(each.parameter.name for each in FILTERS), "sort", "page")
"""Every parameter that is read. A CDN keys on ten at most."""

NEWEST_FIRST = "-added"

_MAX_PARAMS = 60
_PAGE = re.compile(r"[1-9]\d{0,2}", re.ASCII)
_FILTERS = {each.name: each for each in FILTERS}


class SortColumn(NamedTuple):
    """A column that the list can be sorted by: the value of a row, and both orders in words.

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


class ActiveFilter(NamedTuple):
    """One value of a filter: a word or a range."""

    name: str
    value: Any

    @property
    def filter(self) -> Filter:
        """The filter's entry in FILTERS."""
        return _FILTERS[self.name]


class ModelQuery(NamedTuple):
    """What to show of the model list: the models that match all `filters`, in order of FILTERS.

    `sort` is one of SORT_WORDS.
    """

    filters: tuple[ActiveFilter, ...] = ()
    sort: str = NEWEST_FIRST
    page: int = 1

    def values(self, name: str) -> list[Any]:
        """Return the values of a filter, by its name."""
        return [active.value for active in self.filters if active.name == name]

    def without(self, active: ActiveFilter) -> Self:
        """Return the first page of this query with one filter less."""
        others = tuple(other for other in self.filters if other != active)
        return self._replace(filters=others, page=1)

    def to_query_string(self) -> str:
        """Return the canonical query string, without "?"; empty for a query at its defaults."""
        params = [(a.filter.parameter.name, f"{a.value}{a.filter.suffix}") for a in self.filters]
        if self.sort != NEWEST_FIRST:
            params.append(("sort", self.sort))
        if self.page != 1:
            params.append(("page", str(self.page)))
        return urlencode(params, safe="/:")


def parse_query(pairs: Iterable[tuple[str, str]]) -> ModelQuery:
    """Return the query of the decoded parameters of a URL."""
    values: dict[str, list[str]] = {name: [] for name in PARAMETERS}
    for name, value in list(pairs)[:_MAX_PARAMS]:
        if name in values and value.strip():
            values[name].append(value.strip().lower())
    filters = tuple(
        ActiveFilter(each.name, value)
        for each in FILTERS
        for value in each.parse(values[each.parameter.name])
    )
    sort = next((sort for sort in values["sort"] if sort in SORT_WORDS), NEWEST_FIRST)
    page = next((int(page) for page in values["page"] if _PAGE.fullmatch(page)), 1)
    return ModelQuery(filters, sort, page)


def sort_rows(rows: Iterable[ModelRow], sort: str) -> list[ModelRow]:
    """Return the rows in the order of one of SORT_WORDS, those without the value last."""
    value = SORT_COLUMNS[sort.removeprefix("-")].value
    known: list[ModelRow] = []
    unknown: list[ModelRow] = []
    for row in rows:
        (unknown if value(row) is None else known).append(row)
    return sorted(known, key=value, reverse=sort.startswith("-")) + unknown
