"""Views that answer the card of a page. A superseded hash gets the current card, for minutes."""

from functools import lru_cache

from handler.domain.search.comparison import parse_comparison
from handler.domain.search.query import parse_query
from handler.web.cards.content.card_content import CardContent, content_hash
from handler.web.cards.content.listings import (
    card_for_author,
    card_for_comparison,
    card_for_explorer,
)
from handler.web.cards.content.model import card_for_profile
from handler.web.cards.content.site import card_for_api, card_for_methodology
from handler.web.http.conditional import is_not_modified
from handler.web.http.headers import IMMUTABLE_CACHE, PAGE_CACHE, PNG
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse
from handler.web.indexes import cached_listing
from handler.web.site import Site

_MAX_CARDS = 256  # about 4 MB


def model_card_view(
    site: Site, request: Request, model: str, version: str = ""
) -> CacheableResponse:
    """Answer the card of a model."""
    catalog = site.catalog.get()
    profile = catalog.profile(catalog.find(model))
    return _card(request, card_for_profile(profile, catalog.as_of), version)


def author_card_view(
    site: Site, request: Request, path: str, version: str = ""
) -> CacheableResponse:
    """Answer the card of an author."""
    catalog = site.catalog.get()
    author = catalog.find_author(path)
    return _card(request, card_for_author(cached_listing(site, catalog), author), version)


def explorer_card_view(site: Site, request: Request, version: str = "") -> CacheableResponse:
    """Answer the card of a view of the explorer."""
    listing = cached_listing(site, site.catalog.get())
    return _card(request, card_for_explorer(listing, parse_query(request.params())), version)


def compare_card_view(site: Site, request: Request, version: str = "") -> CacheableResponse:
    """Answer the card of a comparison."""
    catalog = site.catalog.get()
    comparison = parse_comparison(request.params(), catalog)
    return _card(request, card_for_comparison(catalog, comparison), version)


def methodology_card_view(site: Site, request: Request, version: str = "") -> CacheableResponse:
    """Answer the card of `/methodology`."""
    return _card(request, card_for_methodology(site.catalog.get()), version)


def api_card_view(site: Site, request: Request, version: str = "") -> CacheableResponse:
    """Answer the card of `/api`."""
    return _card(request, card_for_api(site.catalog.get()), version)


def _card(request: Request, content: CardContent, version: str) -> CacheableResponse:
    """Return the PNG of a card, rendered only if the client has not cached it."""
    current = content_hash(content)
    cache_control = IMMUTABLE_CACHE if version == current else PAGE_CACHE
    without_body = CacheableResponse(b"", PNG, cache_control, etag_source=current)
    if is_not_modified(request.headers, without_body):
        return without_body
    png = render_card_cached(content)
    return CacheableResponse(png, PNG, cache_control, etag_source=current)


@lru_cache(_MAX_CARDS)
def render_card_cached(content: CardContent) -> bytes:
    """Return the PNG of a card. Cached by content: a new snapshot changes few of them."""
    # A client's cached card needs no fonts: importing the renderer takes 20 ms of a cold start.
    from handler.web.cards.render import render_card  # noqa: PLC0415

    return render_card(content)
