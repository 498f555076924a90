"""The page of all changes: by day and kind, filtered by kind, author and period."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.changelog import Change
from handler.domain.errors import InvalidParameter
from handler.domain.search.change_query import PAGE_SIZE, ChangeQuery, ChangeResult, find_changes
from handler.web.cards.content.site import card_for_changes
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse
from handler.web.indexes import cached_changelog
from handler.web.pages.changelog.query import changes_path, feed_path, read_query
from handler.web.pages.changelog.words import (
    KIND_LABELS,
    PERIOD_LABELS,
    change_lines,
    format_counts,
    format_title,
    model_name,
)
from handler.web.pages.site_page import site_page_metadata
from handler.web.rendering.metadata import HeadMetadata
from handler.web.site import Site

_STYLESHEET = "changes.css"
_OTHER_CHANGE = "Other price details changed"


class Choice(NamedTuple):
    """A link to another view; `total` is None where none is known."""

    label: str
    path: str
    is_current: bool
    total: int | None = None


class Entry(NamedTuple):
    """A change of a model; `name` is that of its newest record."""

    model_id: str
    name: str
    lines: Sequence[str]


class Group(NamedTuple):
    """The changes of a kind on one day."""

    label: str
    entries: Sequence[Entry]


class Day(NamedTuple):
    """The changes of a day in UTC, by kind."""

    day: date
    groups: Sequence[Group]


def changes_view(site: Site, request: Request) -> CacheableResponse:
    """Answer `/changes`. Raises InvalidParameter."""
    catalog = site.catalog.get()
    query = read_query(catalog, request)
    key = ("changes", *map(str, query))
    return site.pages.get_or_render(catalog, key, lambda: _page(site, catalog, query))


def _page(site: Site, catalog: Catalog, query: ChangeQuery) -> CacheableResponse:
    result = find_changes(cached_changelog(site, catalog), query, catalog.as_of)
    if query.page > result.page_count:
        raise InvalidParameter("page", str(query.page), f"1 to {result.page_count}")
    first = (query.page - 1) * PAGE_SIZE
    shown = result.changes[first : first + PAGE_SIZE]
    return site.templates.page(
        "changes.html",
        _head(site.site_url, catalog, query, result),
        site.site_url,
        stylesheet=_STYLESHEET,
        heading=format_title(query._replace(page=1), catalog.as_of),
        catalog=catalog,
        sources=[catalog.list_source],
        query=query,
        result=result,
        first=first + 1,
        shown=len(shown),
        days=list(_days(shown)),
        kinds=list(_kind_choices(query, result)),
        periods=list(_period_choices(query)),
        pages=list(_page_choices(query, result)),
        all_path=changes_path(query._replace(author="", page=1)),
        feed=feed_path(query),
    )


def _head(
    site_url: str, catalog: Catalog, query: ChangeQuery, result: ChangeResult
) -> HeadMetadata:
    title = format_title(query, catalog.as_of)
    page = f", page {query.page}" if query.page > 1 else ""
    counts = format_counts(result.counts) or "none"
    head = site_page_metadata(
        title + page,
        f"Prices, context, new and removed models on OpenRouter, by day. Changes: {counts}.",
        changes_path(query),
        site_url,
        card_for_changes(title, result.counts),
    )
    data = {**head.json_ld, "dateModified": catalog.as_of.isoformat()}
    return head._replace(json_ld=data, feed=feed_path(query), indexable=query == ChangeQuery())


def _days(changes: Iterable[Change]) -> Iterator[Day]:
    for day, of_day in groupby(changes, lambda change: change.event.moment.date()):
        groups = [
            Group(KIND_LABELS[kind], list(map(_entry, of_kind)))
            for kind, of_kind in groupby(of_day, lambda change: change.event.fact)
        ]
        yield Day(day, groups)


def _entry(change: Change) -> Entry:
    return Entry(change.model_id, model_name(change), change_lines(change) or (_OTHER_CHANGE,))


def _kind_choices(query: ChangeQuery, result: ChangeResult) -> Iterator[Choice]:
    counts = {"": sum(result.counts.values()), **result.counts}
    for kind, label in KIND_LABELS.items():
        path = changes_path(query._replace(kind=kind, page=1))
        yield Choice(label, path, kind == query.kind, counts.get(kind, 0))


def _period_choices(query: ChangeQuery) -> Iterator[Choice]:
    for period, label in PERIOD_LABELS.items():
        path = changes_path(query._replace(period=period, page=1))
        yield Choice(label, path, period == query.period)


def _page_choices(query: ChangeQuery, result: ChangeResult) -> Iterator[Choice]:
    """Yield the previous and the next page: days matter more than page numbers."""
    for label, page in (("Newer changes", query.page - 1), ("Older changes", query.page + 1)):
        if 1 <= page <= result.page_count:
            yield Choice(label, changes_path(query._replace(page=page)), is_current=False)
