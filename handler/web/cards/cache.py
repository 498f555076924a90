"""LRU cache of rendered cards, by content: a new snapshot changes few of them."""

from functools import lru_cache

from handler.web.cards.content.card_content import CardContent

_MAX_CARDS = 256  # about 4 MB


@lru_cache(_MAX_CARDS)
def render_card_cached(content: CardContent) -> bytes:
    """Return the PNG of a card."""
    # Pages need no fonts: importing the renderer takes 20 ms of a cold start.
    from handler.web.cards.render import render_card  # noqa: PLC0415

    return render_card(content)
