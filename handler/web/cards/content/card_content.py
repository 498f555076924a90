"""What one card shows, and the hash that changes with it."""

import json
from dataclasses import astuple, dataclass
from hashlib import sha256

from handler.web.rendering.metadata import SITE_NAME

# To be raised by whoever changes how a face is drawn: an address is cached for good.
CARD_VERSION = 1
# What draws, as requirements.txt pins it: a new version may draw other pixels.
RENDERER_VERSIONS = (
    "uharfbuzz==0.57.0",
    "fontpkg-source-serif-4==4.004",
    "fontpkg-libre-franklin==3.0",
    "manimgx-fonts==2026.9.26.post1",
    "noto-cjk-sans-jp-bold==0.0.1",
)

_HASH_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Stat:
    """One fact in large type: "Input", "$1.25", "per million tokens"."""

    label: str
    value: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One model of a comparison, with a value for each column; a single value spans them."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CardContent:
    """Exactly what a card shows, from top to bottom.

    `burgee` is whose flag flies: an author's, or "" for the site's own. `plain_title` is shown in
    place of a title that no font can draw. A face has a title with up to three figures, or a table
    (`columns` and `rows`). `warns` gives the badge the colour of a warning.
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


def alt_text(face: CardContent) -> str:
    """Return what a card shows as one text, for those who do not see it."""
    titles = [face.kicker, face.title]
    figures = [_spoken(figure) for figure in face.stats]
    rows = [f"{row.name}: {', '.join(row.values)}" for row in face.rows]
    sentences = [": ".join(filter(None, titles)), ", ".join(figures), *rows, face.badge]
    return ". ".join(filter(None, [*sentences, face.footnote]))


def _spoken(figure: Stat) -> str:
    """Return "Context 1M tokens" of what stands as "Context, tokens" over "1M"."""
    label, _, counted = figure.label.partition(", ")
    return " ".join(filter(None, (label, figure.value + figure.unit, counted)))


def content_hash(face: CardContent) -> str:
    """Return 16 hexadecimal digits: of what the card shows and of how it is drawn, nothing else."""
    covered = json.dumps([CARD_VERSION, RENDERER_VERSIONS, astuple(face)])
    return sha256(covered.encode()).hexdigest()[:_HASH_DIGITS]
