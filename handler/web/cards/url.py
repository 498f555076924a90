"""The addresses of cards: beside the page that they are of, with a hash of what they show."""

from handler.domain.text import collapse_whitespace, truncate
from handler.web.cards.content.card_content import CardContent, alt_text, content_hash
from handler.web.rendering.metadata import CardImage

_MAX_ALT_CHARACTERS = 420
_MAX_ALT_BYTES = 1_000  # Matrix drops longer values


def card_image_for(page_path: str, face: CardContent) -> CardImage:
    """Return the card of a page at its own address, which never shows anything else."""
    path = f"{page_path.rstrip('/')}/card-{content_hash(face)}.png"
    return CardImage(
        path, truncate(collapse_whitespace(alt_text(face)), _MAX_ALT_CHARACTERS, _MAX_ALT_BYTES)
    )
