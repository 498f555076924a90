"""What stands beside a page, at an address made of the page's own: card, feed, badge, preview."""

import re
from enum import Enum
from typing import NamedTuple

_BESIDE = re.compile(
    r"(?:(?P<page>.+)/)?"
    r"(?:(?P<card>card(?:-(?P<version>[0-9a-f]{16}))?\.png)|(?P<feed>feed\.xml)"
    r"|(?P<badge>badge\.svg)|(?P<preview>preview))"
    r"|(?P<described>.+)(?P<markdown>\.md)",
    re.DOTALL,
)


class Representation(Enum):
    """What was asked for beside a page, with how its address ends."""

    CARD = "/card.png"
    FEED = "/feed.xml"
    BADGE = "/badge.svg"
    MARKDOWN = ".md"
    PREVIEW = "/preview"

    def url_for(self, page_path: str) -> str:
        """Return its path, beside the page of a path such as "/acme/one"."""
        return page_path.rstrip("/") + self.value


class RepresentationPath(NamedTuple):
    """What was asked for, and beside which page: its path, without slashes around it.

    `version` is that of a card, None for the card of the present, whatever it shows.
    """

    what: Representation
    page: str
    version: str | None = None


def parse_representation(path: str) -> RepresentationPath | None:
    """Return what a path without its first slash means beside a page, None for any other path."""
    match = _BESIDE.fullmatch(path)
    if not match:
        return None
    what = next(what for what in Representation if match[what.name.lower()])
    return RepresentationPath(what, match["page"] or match["described"] or "", match["version"])
