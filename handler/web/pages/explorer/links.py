"""The ways from one view of the explorer to others: a filter less, another order, a page on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from handler.domain.search.describe import (
    FLAG_WORDS,
    SORT_WORDS,
    DisplayNames,
    context_range_words,
    price_range_words,
)
from handler.domain.search.query import ANY, COLUMNS, ModelQuery

_PLAIN = "/"
_LARGEST_FIRST = frozenset({"context", "added"})


@dataclass(frozen=True, slots=True)
class Link:
    """A way to another view; `is_here` marks the view itself."""

    path: str
    words: str
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class SortLink:
    """The way to another order, from the head of a column.

    `order` is "ascending" or "descending" where the rows stand in the column's order.
    """

    path: str
    words: str
    order: str


def canonical_path(query: ModelQuery) -> str:
    """Return the canonical path of a view."""
    encoded = query.to_query_string()
    return f"{_PLAIN}?{encoded}" if encoded else _PLAIN


def export_path(query: ModelQuery, path: str) -> str:
    """Return the way to the rows of a view, whatever its page, for programs."""
    encoded = replace(query, page=1).to_query_string()
    return f"{path}?{encoded}" if encoded else path


def active_filters(query: ModelQuery, names: DisplayNames) -> list[Link]:
    """Return each filter in words, with the way to the view without it."""
    return [
        Link(canonical_path(_with(query, less)), words) for words, less in _filters(query, names)
    ]


def sort_links(query: ModelQuery) -> dict[str, SortLink]:
    """Return for each column the order that choosing it gives: the other way round if it is on."""
    return {column: _sort_link(query, column) for column in COLUMNS}


def page_links(query: ModelQuery, pages: int) -> list[Link]:
    """Return the way to each page of a view, none where there is one only."""
    numbers = range(1, pages + 1) if pages > 1 else ()
    return [Link(canonical_path(replace(query, page=n)), str(n), n == query.page) for n in numbers]


def _sort_link(query: ModelQuery, column: str) -> SortLink:
    is_on = query.sort.removeprefix("-") == column
    is_descending = query.sort.startswith("-")
    descends = not is_descending if is_on else column in _LARGEST_FIRST
    sort = f"-{column}" if descends else column
    order = ("descending" if is_descending else "ascending") if is_on else ""
    return SortLink(canonical_path(replace(query, sort=sort, page=1)), SORT_WORDS[sort], order)


def _with(query: ModelQuery, fields: Mapping[str, Any]) -> ModelQuery:
    return replace(query, **{"page": 1, **fields})


def _filters(query: ModelQuery, names: DisplayNames) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the words of each filter, and the fields of a query without it."""
    if query.text:
        yield f"named “{query.text}”", {"text": ""}
    if query.author:
        yield f"by {names.authors.get(query.author, query.author)}", {"author": ""}
    if query.provider:
        yield f"on {names.providers.get(query.provider, query.provider)}", {"provider": ""}
    yield from _several("takes", "inputs", query.inputs)
    yield from _several("gives", "outputs", query.outputs)
    yield from _several("with", "parameters", query.parameters)
    for flag in query.flags:
        yield FLAG_WORDS[flag], {"flags": _without(query.flags, flag)}
    if query.price != ANY:
        yield price_range_words(query.price), {"price": ANY}
    if query.context != ANY:
        yield context_range_words(query.context), {"context": ANY}


def _several(
    verb: str, field: str, values: tuple[str, ...]
) -> Iterator[tuple[str, dict[str, Any]]]:
    for value in values:
        yield f"{verb} {value.replace('_', ' ')}", {field: _without(values, value)}


def _without(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(other for other in values if other != value)
