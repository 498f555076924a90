"""The explorer: a table of all models, or of those that match a query."""

from collections.abc import Sequence

from handler.domain.catalog.catalog import Catalog
from handler.domain.previews.model_preview import TITLE_BYTES
from handler.domain.search.describe import describe_count, describe_ranges
from handler.domain.search.listing import PAGE_SIZE, filter_models, page_count
from handler.domain.search.query import SORT_WORDS, ModelQuery, parse_query
from handler.domain.search.suggest import find_suggestions
from handler.domain.search.summary import ModelRow
from handler.domain.search.understand import understand
from handler.domain.search.unread import explain
from handler.domain.text import collapse_whitespace, truncate
from handler.web.cards.content.listings import NO_MATCHES, card_for_matches
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse
from handler.web.indexes import cached_listing, cached_near_words
from handler.web.pages.explorer import controls
from handler.web.pages.explorer.range_fields import range_fields
from handler.web.pages.model_table import STYLESHEET, table_rows
from handler.web.pages.site_page import site_page_metadata
from handler.web.site import Site

_MAX_NAMES = 5


def explorer_view(site: Site, request: Request) -> CacheableResponse:
    """Answer `/`: every model, or those that the query selects. Only the plain view is cached."""
    catalog, query = site.catalog.get(), parse_query(request.params())
    if query != ModelQuery():
        return _page(site, catalog, query)
    return site.pages.get_or_render(catalog, ("explorer",), lambda: _page(site, catalog, query))


def _page(site: Site, catalog: Catalog, query: ModelQuery) -> CacheableResponse:
    """Return the view of a query. A page number past the last page shows the last page."""
    listing = cached_listing(site, catalog)
    query = understand(query, listing)
    matches = filter_models(listing.rows, query)
    query = query._replace(page=min(query.page, page_count(matches)))
    start = (query.page - 1) * PAGE_SIZE
    rows = matches[start : start + PAGE_SIZE]
    words = describe_count(query, len(matches), listing.names)
    unsorted = query._replace(sort=query.default_sort)
    fields = controls.form_fields(listing, query)
    is_plain = query == ModelQuery()
    head = site_page_metadata(
        _title(query, len(matches), words),
        _description(query, matches, rows, words),
        controls.canonical_path(query),
        site.site_url,
        card_for_matches(listing, query, matches),
    )
    return site.templates.page(
        "explorer.html",
        head._replace(indexable=is_plain),
        site.site_url,
        stylesheet=STYLESHEET,
        catalog=catalog,
        sources=[catalog.list_source],
        query=query,
        authors=listing.facets["author"],
        fields=fields,
        search=next(field for field in fields if field.filter.name == "text"),
        ranges=range_fields(query),
        quick=controls.quick_choices(query),
        filter_count=sum(active.name != "text" for active in query.filters),
        problems=[explain(unread) for unread in query.unread],
        suggestions=[] if matches else _suggestions(site, catalog, query),
        count=len(matches),
        heading=describe_count(unsorted, len(matches), listing.names),
        first=start + 1,
        rows=table_rows(rows),
        tags=controls.active_filters(query, listing.names),
        sorts=controls.sort_links(query),
        sort_words=SORT_WORDS,
        sort_options=controls.sort_options(query),
        sort_column=query.sort.removeprefix("-"),
        pages=controls.page_links(query, page_count(matches)),
        csv_path=controls.csv_path(query),
        excel_path=controls.excel_csv_path(query),
        json_path=controls.canonical_path(query._replace(page=1), "/api/models"),
        is_plain=is_plain,
    )


def _suggestions(site: Site, catalog: Catalog, query: ModelQuery) -> list[ModelRow]:
    words = cached_near_words(site, catalog)
    return find_suggestions(cached_listing(site, catalog), query, words)


def _title(query: ModelQuery, count: int, words: str) -> str:
    if not count:
        return NO_MATCHES
    if query._replace(page=1) == ModelQuery():
        words = f"{count} AI models on OpenRouter, with prices"
    page = f", page {query.page}" if query.page > 1 else ""
    max_size = TITLE_BYTES - len(page)
    return truncate(collapse_whitespace(words), max_size, max_size) + page


def _description(
    query: ModelQuery, matches: Sequence[ModelRow], rows: Sequence[ModelRow], words: str
) -> str:
    if not matches:
        return f"{NO_MATCHES}. Remove one, or see all models."
    if query == ModelQuery():
        return (
            f"What {len(matches)} AI models cost, how much context they take and what they can do: "
            "a page for each that unfurls in any chat."
        )
    names = ", ".join(row.title for row in rows[:_MAX_NAMES])
    sentences = [describe_ranges(matches), f"{words}: {names}" if names else words]
    return ". ".join(filter(None, sentences))
