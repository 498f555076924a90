"""The explorer: a table of all models, or of those that match a query."""

from dataclasses import replace

from handler.domain.catalog.catalog import Catalog
from handler.domain.previews.model_preview import (
    DESCRIPTION_BYTES,
    DESCRIPTION_CHARACTERS,
    TITLE_BYTES,
)
from handler.domain.search.describe import describe_count, describe_ranges
from handler.domain.search.listing import PAGE_SIZE, ModelListing, filter_models, page_count
from handler.domain.search.query import NEWEST_FIRST, ModelQuery, parse_query
from handler.domain.search.sort_columns import SORT_WORDS
from handler.domain.search.summary import ModelRow
from handler.domain.text import collapse_whitespace, truncate
from handler.web.cards.content.card_content import card_image_for
from handler.web.cards.content.listings import NO_MATCHES, card_for_explorer
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse
from handler.web.indexes import cached_listing
from handler.web.pages.explorer.form import form_fields
from handler.web.pages.explorer.links import (
    active_filters,
    canonical_path,
    export_path,
    page_links,
    sort_links,
)
from handler.web.pages.model_table import table_rows
from handler.web.rendering.json_ld import page_data, with_image
from handler.web.rendering.metadata import HeadMetadata
from handler.web.rendering.templates import Templates
from handler.web.site import Site

_MAX_NAMES = 5


def explorer_view(site: Site, request: Request) -> CacheableResponse:
    """Answer `/`: every model, or those that the query selects. Only the plain view is cached."""
    catalog, query = site.catalog.get(), parse_query(request.params())
    listing = cached_listing(site, catalog)

    def render() -> CacheableResponse:
        return explorer_page(site.templates, catalog, listing, query, site.site_url)

    if query == ModelQuery():
        return site.pages.get_or_render(catalog, ("explorer",), render)
    return render()


def explorer_page(
    templates: Templates, catalog: Catalog, listing: ModelListing, query: ModelQuery, site_url: str
) -> CacheableResponse:
    """Return the view of a query. A page number past the last page shows the last page."""
    rows = filter_models(listing.rows, query)
    pages = page_count(rows)
    query = replace(query, page=min(query.page, pages))
    page_rows = _page_rows(rows, query)
    fields = form_fields(listing, query)
    return templates.page(
        "explorer.html",
        _head(listing, query, rows, site_url),
        site_url,
        catalog=catalog,
        sources=[catalog.list_source],
        query=query,
        authors=listing.facets["author"],
        fields=fields,
        folded_count=sum(len(f.values) for f in fields if f.filter.control.is_folded),
        count=len(rows),
        heading=describe_count(replace(query, sort=NEWEST_FIRST), len(rows), listing.names),
        first=(query.page - 1) * PAGE_SIZE + 1,
        rows=table_rows(page_rows),
        tags=active_filters(query, listing.names),
        sorts=sort_links(query),
        sort_words=SORT_WORDS,
        pages=page_links(query, pages),
        csv_path=export_path(query, "/models.csv"),
        json_path=export_path(query, "/api/models"),
        is_plain=query == ModelQuery(),
    )


def _page_rows(rows: list[ModelRow], query: ModelQuery) -> list[ModelRow]:
    start = (query.page - 1) * PAGE_SIZE
    return rows[start : start + PAGE_SIZE]


def _head(
    listing: ModelListing, query: ModelQuery, rows: list[ModelRow], site_url: str
) -> HeadMetadata:
    path = canonical_path(query)
    title, description = _title(listing, query, rows), _description(listing, query, rows)
    card = card_image_for("/", card_for_explorer(listing, query))
    card = card._replace(path=card.path + path.removeprefix("/"))
    data = with_image(page_data(title, description, site_url + path), site_url + card.path)
    return HeadMetadata(
        title, description, path, json_ld=data, card=card, indexable=query == ModelQuery()
    )


def _title(listing: ModelListing, query: ModelQuery, rows: list[ModelRow]) -> str:
    if not rows:
        return NO_MATCHES
    page = f", page {query.page}" if query.page > 1 else ""
    if replace(query, page=1) == ModelQuery():
        words = f"{len(rows)} AI models on OpenRouter, with prices"
    else:
        words = collapse_whitespace(describe_count(query, len(rows), listing.names))
    max_size = TITLE_BYTES - len(page)
    return truncate(words, max_size, max_size) + page


def _description(listing: ModelListing, query: ModelQuery, rows: list[ModelRow]) -> str:
    if not rows:
        return f"{NO_MATCHES}. Take a filter away, or see all of them."
    if query == ModelQuery():
        return (
            f"What {len(rows)} AI models cost, how much context they take and what they can do: "
            "a page for each that unfurls in any chat."
        )
    names = ", ".join(row.title for row in _page_rows(rows, query)[:_MAX_NAMES])
    words = describe_count(query, len(rows), listing.names)
    sentences = [describe_ranges(rows), f"{words}: {names}" if names else words]
    text = collapse_whitespace(". ".join(filter(None, sentences)))
    return truncate(text, DESCRIPTION_CHARACTERS, DESCRIPTION_BYTES)
