"""The URL of a card: below the URL of its page, with the hash of its content."""

from handler.domain.text import collapse_whitespace, truncate
from handler.web.cards.content.card_content import CardContent, alt_text, content_hash
from handler.web.rendering.metadata import CardImage

_MAX_ALT_CHARACTERS = 420
_MAX_ALT_BYTES = 1_000  # Matrix drops longer values


def card_image_for(page_path: str, content: CardContent) -> CardImage:
    """Return the card of a page, at a path that never shows other content."""
    path = f"{page_path.rstrip('/')}/card-{content_hash(content)}.png"
    alt = collapse_whitespace(alt_text(content))
    return CardImage(path, truncate(alt, _MAX_ALT_CHARACTERS, _MAX_ALT_BYTES))
