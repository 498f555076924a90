"""The content of a card, its hash and its alternative text."""

import json
from hashlib import sha256
from typing import NamedTuple

from handler.domain.text import collapse_whitespace, truncate
from handler.web.cards.drawing_digest import read_drawing_digest
from handler.web.rendering.metadata import SITE_NAME, CardImage

_HASH_DIGITS = 16
_MAX_ALT_CHARACTERS = 420
_MAX_ALT_BYTES = 1_000  # Matrix drops longer values


class Stat(NamedTuple):
    """A labelled value in large type: "Input", "$1.25", "/M"."""

    label: str
    value: str
    unit: str = ""


class TableRow(NamedTuple):
    """One model of a comparison, with a value for each column.

    With fewer values than columns, the first spans the columns that are missing.
    """

    name: str
    values: tuple[str, ...]


class CardContent(NamedTuple):
    """Everything that a card shows, from top to bottom.

    A card has a title with up to three stats, or a table (`columns` and `rows`). `plain_title`
    replaces a title that no font can draw. `identicon_seed` is the author whose identicon is
    drawn, "" for the site's logo. `is_warning` gives the badge the color of a warning.
    """

    title: str = ""
    plain_title: str = ""
    identicon_seed: str = ""
    kicker: str = ""
    badge: str = ""
    is_warning: bool = False
    stats: tuple[Stat, ...] = ()
    columns: tuple[Stat, ...] = ()
    rows: tuple[TableRow, ...] = ()
    footnote: str = ""
    site: str = SITE_NAME


def card_image_for(page_path: str, content: CardContent) -> CardImage:
    """Return the card of a page, at a path that never shows other content."""
    path = f"{page_path.rstrip('/')}/card-{content_hash(content)}.png"
    alt = collapse_whitespace(alt_text(content))
    return CardImage(path, truncate(alt, _MAX_ALT_CHARACTERS, _MAX_ALT_BYTES))


def alt_text(content: CardContent) -> str:
    """Return the alternative text of a card, for screen readers."""
    heading = ": ".join(filter(None, (content.kicker, content.title)))
    stats = ", ".join(map(_stat_text, content.stats))
    rows = [f"{row.name}: {', '.join(row.values)}" for row in content.rows]
    return ". ".join(filter(None, [heading, stats, *rows, content.badge, content.footnote]))


def _stat_text(stat: Stat) -> str:
    """Return "Context 1M tokens" for the label "Context, tokens" and the value "1M"."""
    label, _, counted = stat.label.partition(", ")
    return " ".join(filter(None, (label, stat.value + stat.unit, counted)))


def content_hash(content: CardContent) -> str:
    """Return 16 hexadecimal digits that change with the content or the drawing, nothing else."""
    return hash_with_drawing(content, read_drawing_digest())


def hash_with_drawing(content: CardContent, drawing: str) -> str:
    """Return the hash of a content as a drawing with this digest renders it."""
    # JSON writes named tuples as arrays: the hash depends on values and their order, not on types.
    hashed = json.dumps([drawing, content])
    return sha256(hashed.encode()).hexdigest()[:_HASH_DIGITS]
