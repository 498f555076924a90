"""Paths and URLs of this site, and of an explorer elsewhere."""

from collections.abc import Collection
from enum import Enum
from typing import NamedTuple
from urllib.parse import quote

from handler.domain.errors import InvalidParameter
from handler.web.http.request import Request

_MODEL_PLACEHOLDER = "{id}"

FEED_KINDS = ("price", "listed", "context", "name", "expires")
"""The values of a feed's `kind`: the facts whose changes it may be limited to."""
BADGE_KINDS = ("price", "context")
"""The values of a badge's `show`."""

_VALID_VALUES: dict[str, Collection[str]] = {"kind": FEED_KINDS, "show": BADGE_KINDS}


class Representation(Enum):
    """A representation of a page other than HTML, by the suffix of its path."""

    CARD = "/card.png"
    FEED = "/feed.xml"
    BADGE = "/badge.svg"
    MARKDOWN = ".md"
    PREVIEW = "/preview"

    def url_for(self, page: str) -> str:
        """Return its path or URL, given that of the page."""
        return page.rstrip("/") + self.value


class ExplorerUrl(NamedTuple):
    """The URL of an explorer, with `{id}` in it where it has a page for each model."""

    pattern: str = "/"

    @property
    def home(self) -> str:
        """The URL of all models: the part before a model's id."""
        return self.pattern.partition(_MODEL_PLACEHOLDER)[0]

    def for_model(self, model_id: str) -> str:
        """Return the URL of one model, which is that of all where models have no pages."""
        return self.pattern.replace(_MODEL_PLACEHOLDER, quote(model_id, safe="/:~"))


DEFAULT_EXPLORER = ExplorerUrl()
"""The explorer of this site."""


def model_path(model_id: str) -> str:
    """Return the canonical path of a model or author: one leading slash, never two."""
    return "/" + quote(model_id.lstrip("/"), safe="/:~")


def representation_choice(request: Request, name: str) -> str:
    """Return the value of `kind` or `show`, "" where it is absent. Raises InvalidParameter."""
    value, valid = request.param(name), _VALID_VALUES[name]
    if value and value not in valid:
        raise InvalidParameter(name, value, ", ".join(valid))
    return value


def representation_query(request: Request, names: Collection[str]) -> str:
    """Return the query string of those parameters that have values. Raises InvalidParameter."""
    choices = ((name, representation_choice(request, name)) for name in names)
    pairs = "&".join(f"{name}={value}" for name, value in choices if value)
    return f"?{pairs}" if pairs else ""
