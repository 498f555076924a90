"""Cards that were drawn lately, by what they show: a new snapshot changes few of them."""

from functools import lru_cache

from handler.web.cards.content.card_content import CardContent

_MAX_CARDS = 256  # about 4 MB


@lru_cache(_MAX_CARDS)
def render_card_cached(face: CardContent) -> bytes:
    """Return the PNG of a face. What draws is imported with the first: pages do not need it."""
    from handler.web.cards.render import render_card  # noqa: PLC0415 - 20 ms of a cold start

    return render_card(face)
