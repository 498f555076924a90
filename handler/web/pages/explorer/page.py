"""The explorer: every model in a table, or those that a query means."""

from dataclasses import replace
from itertools import islice

from handler.domain.catalog.catalog import Catalog
from handler.domain.formatting import format_token_count
from handler.domain.previews.model_preview import (
    DESCRIPTION_BYTES,
    DESCRIPTION_CHARACTERS,
    TITLE_BYTES,
)
from handler.domain.pricing.format import format_usd
from handler.domain.search.describe import SORT_WORDS, describe_count
from handler.domain.search.listing import (
    PAGE_SIZE,
    FacetValue,
    ModelListing,
    filter_models,
    page_count,
)
from handler.domain.search.query import ModelQuery, parse_query
from handler.domain.search.summary import ModelRow
from handler.domain.text import collapse_whitespace, truncate
from handler.web.cards.content.listings import NO_MATCHES, card_for_explorer
from handler.web.cards.url import card_image_for
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse
from handler.web.indexes import model_listing
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

_NAMES_SAID = 5
_PARAMETERS_OFFERED = 12
_FLAGS = (
    FacetValue("free", "free", 0),
    FacetValue("open", "open weights", 0),
    FacetValue("ranked", "ranked by Arena", 0),
    FacetValue("new", "new in 30 days", 0),
    FacetValue("withdrawn", "no longer listed", 0),
)


def explorer_view(site: Site, request: Request) -> CacheableResponse:
    """Answer `/`: every model, or those that the query selects. Only the plain view is cached."""
    catalog, query = site.catalog.get(), parse_query(request.params())
    listing = model_listing(site, catalog)

    def render() -> CacheableResponse:
        return explorer_page(site.templates, catalog, listing, query, site.site_url)

    if query == ModelQuery():
        return site.pages.get_or_render(catalog, ("explorer",), render)
    return render()


def explorer_page(
    templates: Templates, catalog: Catalog, overview: ModelListing, query: ModelQuery, site_url: str
) -> CacheableResponse:
    """Return the view of a query. A page past the last is the last."""
    found = filter_models(overview.rows, query)
    pages = page_count(found)
    query = replace(query, page=min(query.page, pages))
    start = (query.page - 1) * PAGE_SIZE
    return templates.page(
        "explorer.html",
        _head(overview, query, found, site_url),
        site_url,
        catalog=catalog,
        sources=[catalog.list_source],
        query=query,
        overview=overview,
        parameters=_offered(overview.parameters, query.parameters),
        count=len(found),
        heading=describe_count(replace(query, sort=ModelQuery().sort), len(found), overview.names),
        first=start + 1,
        rows=table_rows(found[start : start + PAGE_SIZE]),
        tags=active_filters(query, overview.names),
        sorts=sort_links(query),
        sort_words=SORT_WORDS,
        flags=_FLAGS,
        chosen=_folded(query),
        pages=page_links(query, pages),
        csv_path=export_path(query, "/models.csv"),
        json_path=export_path(query, "/api/models"),
        is_plain=query == ModelQuery(),
    )


def _head(
    overview: ModelListing, query: ModelQuery, found: list[ModelRow], site_url: str
) -> HeadMetadata:
    path = canonical_path(query)
    title, description = _title(overview, query, found), _description(overview, query, found)
    card = card_image_for("/", card_for_explorer(overview, query))
    card = card._replace(path=card.path + path.removeprefix("/"))
    data = with_image(page_data(title, description, site_url + path), site_url + card.path)
    return HeadMetadata(
        title, description, path, json_ld=data, card=card, indexable=query == ModelQuery()
    )


def _title(overview: ModelListing, query: ModelQuery, found: list[ModelRow]) -> str:
    if not found:
        return NO_MATCHES
    page = f", page {query.page}" if query.page > 1 else ""
    if replace(query, page=1) == ModelQuery():
        words = f"{len(found)} AI models on OpenRouter, with prices"
    else:
        words = collapse_whitespace(describe_count(query, len(found), overview.names))
    room = TITLE_BYTES - len(page)
    return truncate(words, room, room) + page


def _description(overview: ModelListing, query: ModelQuery, found: list[ModelRow]) -> str:
    if not found:
        return f"{NO_MATCHES}. Take a filter away, or see all of them."
    if query == ModelQuery():
        return (
            f"What {len(found)} AI models cost, how much context they take and what they can do: "
            "a page for each that unfurls in any chat."
        )
    start = (query.page - 1) * PAGE_SIZE
    names = ", ".join(row.title for row in islice(found, start, start + _NAMES_SAID))
    words = describe_count(query, len(found), overview.names)
    said = ". ".join(filter(None, [range_words(found), f"{words}: {names}" if names else words]))
    return truncate(collapse_whitespace(said), DESCRIPTION_CHARACTERS, DESCRIPTION_BYTES)


def range_words(rows: list[ModelRow]) -> str:
    """Return "$0.10 to $5/M in, up to 1M context" of some models, as far as that is published."""
    prices = [row.input_price for row in rows if row.input_price]
    contexts = [row.context for row in rows if row.context]
    words = []
    if prices:
        low, high = format_usd(min(prices)), format_usd(max(prices))
        words.append(f"{low} to {high}/M in" if low != high else f"{low}/M in")
    if contexts:
        words.append(f"up to {format_token_count(max(contexts))} context")
    return ", ".join(words)


def _folded(query: ModelQuery) -> int:
    """Return how many filters are chosen among those that are folded away."""
    several = query.inputs + query.outputs + query.parameters
    return len(several) + bool(query.provider)


def _offered(choices: tuple[FacetValue, ...], chosen: tuple[str, ...]) -> list[FacetValue]:
    """Return the commonest parameters, and those that are chosen."""
    common = list(choices[:_PARAMETERS_OFFERED])
    known = {choice.value for choice in common}
    return common + [FacetValue(name, name, 0) for name in chosen if name not in known]
