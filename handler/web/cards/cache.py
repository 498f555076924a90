"""Cards that were drawn lately, by what they show: a new snapshot changes few of them."""

from functools import lru_cache

from handler.web.cards.content.card_content import Face

_MOST = 256  # about 4 MB


@lru_cache(_MOST)
def drawn(face: Face) -> bytes:
    """Return the PNG of a face. What draws is imported with the first: pages do not need it."""
    from handler.web.cards.render import draw  # noqa: PLC0415 - 20 ms of a cold start

    return draw(face)
