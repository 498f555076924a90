"""Views that answer the cards of pages about several models or none."""

from handler.domain.comparison.comparison import parse_comparison
from handler.domain.search.change_query import find_changes
from handler.domain.search.query import parse_query
from handler.web.cards.content.listings import (
    card_for_author,
    card_for_comparison,
    card_for_explorer,
)
from handler.web.cards.content.site import card_for_api, card_for_changes, card_for_methodology
from handler.web.cards.response import card_response
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse
from handler.web.indexes import cached_changelog, cached_listing
from handler.web.pages.changelog.query import read_query
from handler.web.pages.changelog.words import format_title
from handler.web.site import Site


def author_card_view(
    site: Site, request: Request, path: str, version: str = ""
) -> CacheableResponse:
    """Answer the card of an author."""
    catalog = site.catalog.get()
    author = catalog.find_author(path)
    return card_response(request, card_for_author(cached_listing(site, catalog), author), version)


def explorer_card_view(site: Site, request: Request, version: str = "") -> CacheableResponse:
    """Answer the card of a view of the explorer."""
    listing = cached_listing(site, site.catalog.get())
    return card_response(
        request, card_for_explorer(listing, parse_query(request.params())), version
    )


def compare_card_view(site: Site, request: Request, version: str = "") -> CacheableResponse:
    """Answer the card of a comparison."""
    catalog = site.catalog.get()
    comparison = parse_comparison(request.params(), catalog)
    return card_response(request, card_for_comparison(catalog, comparison), version)


def changes_card_view(site: Site, request: Request, version: str = "") -> CacheableResponse:
    """Answer the card of a view of `/changes`. Raises InvalidParameter."""
    catalog = site.catalog.get()
    query = read_query(catalog, request)
    result = find_changes(cached_changelog(site, catalog), query, catalog.as_of)
    content = card_for_changes(format_title(query, catalog.as_of), result.counts)
    return card_response(request, content, version)


def methodology_card_view(site: Site, request: Request, version: str = "") -> CacheableResponse:
    """Answer the card of `/methodology`."""
    return card_response(request, card_for_methodology(site.catalog.get()), version)


def api_card_view(site: Site, request: Request, version: str = "") -> CacheableResponse:
    """Answer the card of `/api`."""
    return card_response(request, card_for_api(site.catalog.get()), version)
