"""What stands beside a page, at an address made of the page's own: card, feed, badge, preview."""

import re
from enum import Enum
from typing import NamedTuple
from urllib.parse import quote

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


def model_path(model_id: str) -> str:
    """Return the canonical path of a model: always one slash first, never two."""
    return "/" + quote(model_id.lstrip("/"), safe="/:~")


MODEL = "{id}"
"""What stands for the id of a model in the address of an explorer that has a place for each."""


class ExplorerUrl(NamedTuple):
    """The address of an explorer, with MODEL in it where it has a place for each model."""

    pattern: str = "/"

    @property
    def home(self) -> str:
        """The way to all models: the address up to where a model's would go on."""
        return self.pattern.partition(MODEL)[0]

    def for_model(self, model_id: str) -> str:
        """Return the way to one model, which is that to all where it has no place of its own."""
        return self.pattern.replace(MODEL, quote(model_id, safe="/:~"))


DEFAULT_EXPLORER = ExplorerUrl()
"""The explorer of this site."""
