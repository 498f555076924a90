"""Queries of the model list: filters, an order and a page.

Parsing never fails: an unknown parameter changes nothing, and a value that is not understood is
kept as `unread`, so that a page can say so. Equal queries have one canonical form, with the
parameters in the order of PARAMETERS.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, Self
from urllib.parse import urlencode

from handler.domain.search.filter import MAX_TEXT_CHARACTERS, Filter
from handler.domain.search.filters import FILTERS
from handler.domain.search.summary import ModelRow
from handler.domain.text import ELLIPSIS, collapse_whitespace

PARAMETERS = (*dict.fromkeys(each.parameter.name for each in FILTERS), "sort", "page")
"""Every parameter that is read. A CDN keys on ten at most, and `/models.csv` reads one more."""

NEWEST_FIRST = "-added"
BEST_MATCH = "match"

MAX_UNREAD = 8
_MAX_UNREAD_CHARACTERS = 24
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


def _by_price(name: str) -> tuple[str, str]:
    return f"{name}: low to high", f"{name}: high to low"


SORT_COLUMNS = {
    "name": SortColumn(lambda row: row.name.lower(), "name: A–Z", "name: Z–A"),
    "input": SortColumn(lambda row: row.input_price, *_by_price("input price")),
    "output": SortColumn(lambda row: row.output_price, *_by_price("output price")),
    "cached": SortColumn(lambda row: row.cache_read_price, *_by_price("cached input price")),
    "blended": SortColumn(lambda row: row.blended_price, *_by_price("blended price")),
    "context": SortColumn(
        lambda row: row.context, "context: shortest first", "context: longest first", True
    ),
    "max-output": SortColumn(
        lambda row: row.max_output,
        "max output tokens: fewest first",
        "max output tokens: most first",
        True,
    ),
    "providers": SortColumn(
        lambda row: row.provider_count, "providers: fewest first", "providers: most first", True
    ),
    "rank": SortColumn(lambda row: row.rank, "Arena rank: best first", "Arena rank: last first"),
    "added": SortColumn(lambda row: row.created, "oldest first", "newest first", True),
}

SORT_WORDS = {BEST_MATCH: "best match first"} | {
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


class Unread(NamedTuple):
    """A value that was not understood, as it was typed: on one line, and cut if it is long."""

    parameter: str
    text: str


class ModelQuery(NamedTuple):
    """What to show of the model list: the models that match all `filters`, in order of FILTERS.

    `sort` is one of SORT_WORDS. A query with `unread` values shows no model.
    """

    filters: tuple[ActiveFilter, ...] = ()
    sort: str = NEWEST_FIRST
    page: int = 1
    unread: tuple[Unread, ...] = ()

    @property
    def default_sort(self) -> str:
        """The order where none is asked for."""
        return BEST_MATCH if self.values("text") else NEWEST_FIRST

    def values(self, name: str) -> list[Any]:
        """Return the values of a filter, by its name."""
        return [active.value for active in self.filters if active.name == name]

    def with_filters(self, filters: Iterable[ActiveFilter]) -> Self:
        """Return the query with other filters. The default order stays the default."""
        changed = self._replace(filters=tuple(filters))
        is_default = self.sort in (self.default_sort, BEST_MATCH)
        return changed._replace(sort=changed.default_sort) if is_default else changed

    def without(self, active: ActiveFilter) -> Self:
        """Return the first page of this query with one filter less."""
        others = (other for other in self.filters if other != active)
        return self.with_filters(others)._replace(page=1)

    def to_query_string(self) -> str:
        """Return the canonical query string, without "?"; empty for a query at its defaults."""
        params = [(a.filter.parameter.name, f"{a.value}{a.filter.suffix}") for a in self.filters]
        if self.sort != self.default_sort:
            params.append(("sort", self.sort))
        if self.page != 1:
            params.append(("page", str(self.page)))
        ordered = sorted([*params, *self.unread], key=lambda pair: PARAMETERS.index(pair[0]))
        return urlencode(ordered, safe="/:")


def parse_query(pairs: Iterable[tuple[str, str]]) -> ModelQuery:
    """Return the query of the decoded parameters of a URL."""
    texts: dict[str, list[str]] = {name: [] for name in PARAMETERS}
    for name, text in pairs:
        if name in texts:
            texts[name].append(_clean(text))
    parsed = [(each, each.parse(texts[each.parameter.name])) for each in FILTERS]
    sorts = list(filter(None, map(str.lower, texts["sort"])))
    unknown_sorts = [text for text in texts["sort"] if text and text.lower() not in SORT_WORDS]
    unread = dict.fromkeys(
        Unread(name, _shorten(name, text))
        for name, unread in (
            *((each.parameter.name, found.unread) for each, found in parsed),
            ("sort", unknown_sorts),
        )
        for text in unread
    )
    filters = (ActiveFilter(each.name, value) for each, found in parsed for value in found.values)
    page = next((int(page) for page in texts["page"] if _PAGE.fullmatch(page)), 1)
    query = ModelQuery((), page=page, unread=tuple(unread)[:MAX_UNREAD]).with_filters(filters)
    asked = next((sort for sort in sorts if sort in SORT_WORDS), BEST_MATCH)
    return query if asked == BEST_MATCH else query._replace(sort=asked)


def _clean(text: str) -> str:
    return collapse_whitespace(text.encode(errors="ignore").decode())


def _shorten(name: str, text: str) -> str:
    """Return the text, cut so that it is still not understood."""
    size = MAX_TEXT_CHARACTERS if name == "q" else _MAX_UNREAD_CHARACTERS
    return text[:size] + ELLIPSIS if len(text) > size + 1 else text


def sort_rows(rows: Iterable[ModelRow], sort: str) -> list[ModelRow]:
    """Return the rows in the order of one of SORT_WORDS, those without the value last.

    BEST_MATCH needs the text of a query: here it is the order of NEWEST_FIRST.
    """
    if sort == BEST_MATCH:
        sort = NEWEST_FIRST
    value = SORT_COLUMNS[sort.removeprefix("-")].value
    known: list[ModelRow] = []
    unknown: list[ModelRow] = []
    for row in rows:
        (unknown if value(row) is None else known).append(row)
    return sorted(known, key=value, reverse=sort.startswith("-")) + unknown
