"""The addresses of cards: beside the page that they are of, with a hash of what they show."""

from handler.domain.text import fit, one_line
from handler.web.cards.content.card_content import Face, hash_of, in_words
from handler.web.rendering.metadata import Card

_LONGEST_ALT = 420
_ALT_BYTES = 1_000  # Matrix drops longer values


def card_of(page_path: str, face: Face) -> Card:
    """Return the card of a page at its own address, which never shows anything else."""
    path = f"{page_path.rstrip('/')}/card-{hash_of(face)}.png"
    return Card(path, fit(one_line(in_words(face)), _LONGEST_ALT, _ALT_BYTES))
