"""Queries of the model list: filters, an order and a page.

Parsing never fails: an unknown parameter or an unreadable value changes nothing. Equal queries have
one canonical form, with the parameters in the order of PARAMETERS.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Self
from urllib.parse import urlencode

from handler.domain.search.filter import Filter
from handler.domain.search.filters import FILTERS
from handler.domain.search.sort_columns import SORT_WORDS

PARAMETERS = (*dict.fromkeys(each.parameter.name for each in FILTERS), "sort", "page")
"""Every parameter that is read. A CDN keys on ten at most."""

NEWEST_FIRST = "-added"

_MAX_PARAMS = 60
_PAGE = re.compile(r"[1-9]\d{0,2}", re.ASCII)
_FILTERS = {each.name: each for each in FILTERS}


class ActiveFilter(NamedTuple):
    """One value of a filter: a word or a range."""

    name: str
    value: Any

    @property
    def filter(self) -> Filter:
        """The filter's entry in FILTERS."""
        return _FILTERS[self.name]


@dataclass(frozen=True, slots=True)
class ModelQuery:
    """What to show of the model list.

    A model must match all `filters`, which are in the order of FILTERS. `sort` is one of
    SORT_WORDS.
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
        return replace(self, filters=others, page=1)

    def to_params(self) -> list[tuple[str, str]]:
        """Return the canonical parameters, without those at their defaults."""
        params = [(a.filter.parameter.name, f"{a.value}{a.filter.suffix}") for a in self.filters]
        if self.sort != NEWEST_FIRST:
            params.append(("sort", self.sort))
        if self.page != 1:
            params.append(("page", str(self.page)))
        return params

    def to_query_string(self) -> str:
        """Return the canonical query string, without "?"; empty for a query at its defaults."""
        return urlencode(self.to_params(), safe="/:")


def parse_query(pairs: Iterable[tuple[str, str]]) -> ModelQuery:
    """Return the query of the decoded parameters of a URL."""
    values: dict[str, list[str]] = {name: [] for name in PARAMETERS}
    for name, value in list(pairs)[:_MAX_PARAMS]:
        if name in values and value.strip():
            values[name].append(value.strip().lower())
    return ModelQuery(
        filters=tuple(
            ActiveFilter(each.name, value)
            for each in FILTERS
            for value in each.parse(values[each.parameter.name])
        ),
        sort=next((sort for sort in values["sort"] if sort in SORT_WORDS), NEWEST_FIRST),
        page=next((int(page) for page in values["page"] if _PAGE.fullmatch(page)), 1),
    )
