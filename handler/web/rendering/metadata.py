"""The metadata of a page: everything in its head that crawlers read."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from handler.domain.formatting import format_script_json

SITE_NAME = "Burgee"
THEME_COLOR = "#0f3d57"
CARD_WIDTH = 1200
CARD_HEIGHT = 630


class CardImage(NamedTuple):
    """The card of a page: its immutable path and its alternative text."""

    path: str
    alt: str


class HeadMetadata(NamedTuple):
    """The metadata of one page.

    `path` is canonical. Slack shows `labels`. A page that is not `indexable` asks search engines to
    leave it out; one that is not `shareable` has no preview tags either. `embed` is the JSON of
    Discord's component embed. `feed` and `markdown` are paths of representations.
    """

    title: str
    description: str
    path: str
    og_type: str = "website"
    published_at: datetime | None = None
    labels: Sequence[tuple[str, str]] = ()
    json_ld: Mapping[str, Any] = MappingProxyType({})
    card: CardImage | None = None
    embed: str | None = None
    feed: str = "/feed.xml"
    markdown: str | None = None
    indexable: bool = True
    shareable: bool = True

    @property
    def section(self) -> str:
        """The path of the page without its query, "" for an error page: which link is current."""
        return self.path.partition("?")[0] if self.shareable else ""

    def open_graph(self, site_url: str) -> list[tuple[str, str]]:
        """Return the `og:` and `article:` properties as pairs of name and content."""
        tags = [
            ("og:type", self.og_type),
            ("og:site_name", SITE_NAME),
            ("og:locale", "en_US"),
            ("og:title", self.title),
            ("og:description", self.description),
            ("og:url", site_url + self.path),
            *self._image(site_url),
        ]
        if self.published_at:
            tags.append(("article:published_time", self.published_at.isoformat()))
        return tags

    def _image(self, site_url: str) -> list[tuple[str, str]]:
        if self.card is None:
            return []
        return [
            ("og:image", site_url + self.card.path),
            ("og:image:type", "image/png"),
            ("og:image:width", str(CARD_WIDTH)),
            ("og:image:height", str(CARD_HEIGHT)),
            ("og:image:alt", self.card.alt),
        ]

    def twitter(self, site_url: str) -> list[tuple[str, str]]:
        """Return the `twitter:` names as pairs of name and content."""
        tags = [
            ("twitter:card", "summary_large_image" if self.card else "summary"),
            ("twitter:title", self.title),
            ("twitter:description", self.description),
        ]
        if self.card:
            tags += [
                ("twitter:image", site_url + self.card.path),
                ("twitter:image:alt", self.card.alt),
            ]
        for number, (label, value) in enumerate(self.labels, 1):
            tags += [(f"twitter:label{number}", label), (f"twitter:data{number}", value)]
        return tags

    def json_ld_script(self) -> str:
        """Return the JSON-LD, escaped for a script element."""
        return format_script_json(self.json_ld)
