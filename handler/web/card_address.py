"""The addresses of cards: beside the page that they are of, with a hash of what they show."""

import re
from typing import NamedTuple

from handler.domain.text import fit, one_line
from handler.web.cards.face import Face, hash_of, in_words
from handler.web.head import Card

_CARD = re.compile(r"(?:(?P<page>.+)/)?card(?:-(?P<version>[0-9a-f]{16}))?\.png", re.DOTALL)
_LONGEST_ALT = 420
_ALT_BYTES = 1_000  # Matrix drops longer values


class CardAddress(NamedTuple):
    """Which page a card was asked for, without slashes around it, and which version of it.

    `version` is None for the card of the present, whatever it shows.
    """

    page: str
    version: str | None


def card_of(page_path: str, face: Face) -> Card:
    """Return the card of a page at its own address, which never shows anything else."""
    path = f"{page_path.rstrip('/')}/card-{hash_of(face)}.png"
    return Card(path, fit(one_line(in_words(face)), _LONGEST_ALT, _ALT_BYTES))


def card_asked_for(path: str) -> CardAddress | None:
    """Return which card a path without its first slash means, None for any other path."""
    match = _CARD.fullmatch(path)
    return CardAddress(match["page"] or "", match["version"]) if match else None
