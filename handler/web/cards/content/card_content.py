"""The content of a card, its hash and its alternative text."""

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from handler.domain.text import collapse_whitespace, truncate
from handler.web.cards.drawing_digest import read_drawing_digest
from handler.web.rendering.metadata import SITE_NAME, CardImage

_HASH_DIGITS = 16
_MAX_ALT_CHARACTERS = 420
_MAX_ALT_BYTES = 1_000  # Matrix drops longer values


class Stat(NamedTuple):
    """A labelled value in large type: "Input / 1M tokens", "$1.25".

    `unit` is in small type after the value.
    """

    label: str
    value: str
    unit: str = ""


class TableRow(NamedTuple):
    """One model of a comparison, with a value for each column.

    With fewer values than columns, the first spans the columns that are missing. `is_marked` is
    whether its last value is outlined.
    """

    name: str
    values: tuple[str, ...]
    is_marked: bool = False


class CardContent(NamedTuple):
    """Everything that a card shows, from top to bottom.

    A card has a title, and up to three stats or a table (`columns` and `rows`), or a table alone.
    `plain_title` replaces a title that no font can draw. `identicon_seed` is the author whose
    identicon is drawn, "" for the site's logo. `is_warning` gives the badge the color of a
    warning, `alt_badge` is the badge in words that stand alone, "" for the same. `is_greyed` gives
    everything else the color of what is past. `chips` are what a model can
    do, the most important first: those that do not fit are counted. `meter` is how far a price is
    up the prices of its kind, from 0 to 100.
    """

    title: str = ""
    plain_title: str = ""
    identicon_seed: str = ""
    kicker: str = ""
    badge: str = ""
    alt_badge: str = ""
    is_warning: bool = False
    is_greyed: bool = False
    chips: tuple[str, ...] = ()
    meter: int | None = None
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
    """Return the alternative text of a card, for screen readers: sentences, the title first."""
    heading = ": ".join(filter(None, (content.kicker, content.title)))
    stats = ", ".join(map(_stat_text, content.stats))
    columns = [column.label.partition(" / ")[0] for column in content.columns]
    rows = [_row_text(row, columns) for row in content.rows]
    chips = ", ".join(content.chips)
    parts = (
        heading,
        stats,
        *rows,
        chips,
        content.alt_badge or content.badge,
        *content.footnote.split(" · "),
    )
    return " ".join(f"{part}." for part in map(_capitalize, parts) if part)


def _stat_text(stat: Stat) -> str:
    """Return "Input $1 per 1M tokens" for "Input / 1M tokens" and "$1"."""
    label, _, counted = stat.label.partition(", ")
    label, _, per = label.partition(" / ")
    unit = stat.unit if stat.unit.startswith("/") else f" {stat.unit}".rstrip()
    words = (label, _in_words(stat.value) + unit, counted, per and f"per {per}")
    return " ".join(filter(None, words))


def _row_text(row: TableRow, columns: Sequence[str]) -> str:
    """Return "One: input $1, output $3", the values alone where one spans columns."""
    values = list(map(_in_words, row.values))
    if len(values) != len(columns):
        return f"{row.name}: {', '.join(values)}"
    cells = zip(columns, values, strict=True)
    return f"{row.name}: {', '.join(f'{label.lower()} {value}' for label, value in cells)}"


def _in_words(value: str) -> str:
    """Return "from $1" for "$1+", which a screen reader would read as "one plus"."""
    return f"from {value[:-1]}" if value.startswith("$") and value.endswith("+") else value


def _capitalize(text: str) -> str:
    return text[:1].upper() + text[1:]


def content_hash(content: CardContent) -> str:
    """Return 16 hexadecimal digits that change with the content or the drawing, nothing else."""
    return hash_with_drawing(content, read_drawing_digest())


def hash_with_drawing(content: CardContent, drawing: str) -> str:
    """Return the hash of a content as a drawing with this digest renders it."""
    # JSON writes named tuples as arrays: the hash depends on values and their order, not on types.
    hashed = json.dumps([drawing, content])
    return sha256(hashed.encode()).hexdigest()[:_HASH_DIGITS]
