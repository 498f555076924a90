"""Links from one view of the explorer to others: a filter less, another order, another page."""

from dataclasses import replace
from typing import NamedTuple

from handler.domain.search.filter import DisplayNames
from handler.domain.search.query import ModelQuery
from handler.domain.search.sort_columns import SORT_COLUMNS, SORT_WORDS

_PATH = "/"


class Link(NamedTuple):
    """A link to another view; `is_current` marks the view itself."""

    path: str
    words: str
    is_current: bool = False


class SortLink(NamedTuple):
    """A link to another order, from the head of a column.

    `order` is "ascending" or "descending" where the view is sorted by that column, else empty.
    """

    path: str
    words: str
    order: str


def canonical_path(query: ModelQuery, path: str = _PATH) -> str:
    """Return the canonical path of a query, with its query string."""
    encoded = query.to_query_string()
    return f"{path}?{encoded}" if encoded else path


def export_path(query: ModelQuery, path: str) -> str:
    """Return the path of an export, which has the rows of all pages."""
    return canonical_path(replace(query, page=1), path)


def active_filters(query: ModelQuery, names: DisplayNames) -> list[Link]:
    """Return each filter in words, with a link to the view without it."""
    return [
        Link(
            canonical_path(query.without(active)), active.filter.describe_value(active.value, names)
        )
        for active in query.filters
    ]


def sort_links(query: ModelQuery) -> dict[str, SortLink]:
    """Return the link in the head of each column. The current column's reverses the order."""
    return {column: _sort_link(query, column) for column in SORT_COLUMNS}


def page_links(query: ModelQuery, page_count: int) -> list[Link]:
    """Return a link to each page, none where there is only one."""
    numbers = range(1, page_count + 1) if page_count > 1 else ()
    return [Link(canonical_path(replace(query, page=n)), str(n), n == query.page) for n in numbers]


def _sort_link(query: ModelQuery, column: str) -> SortLink:
    is_descending = query.sort.startswith("-")
    if query.sort.removeprefix("-") == column:
        order = "descending" if is_descending else "ascending"
        descends = not is_descending
    else:
        order, descends = "", SORT_COLUMNS[column].starts_descending
    sort = f"-{column}" if descends else column
    return SortLink(canonical_path(replace(query, sort=sort, page=1)), SORT_WORDS[sort], order)
