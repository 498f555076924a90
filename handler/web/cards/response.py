"""The response with a card. A superseded hash gets the current card, for minutes."""

from functools import lru_cache

from handler.web.cards.content.card_content import CardContent, content_hash
from handler.web.http.conditional import is_not_modified
from handler.web.http.headers import IMMUTABLE_CACHE, PAGE_CACHE, PNG
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse

_MAX_CARDS = 256  # about 4 MB


def card_response(request: Request, content: CardContent, version: str) -> CacheableResponse:
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
