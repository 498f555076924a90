"""Which models a comparison names: ids, several joined by commas, and URLs that were pasted."""

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from urllib.parse import parse_qsl, unquote

MODEL_NAMES = ("m", "m[]")
"""The query parameters of models; some programs write lists as the second."""

_MAX_REFERENCES = 30
# With a scheme, or a host and at least two parts of a path.
_URL = re.compile(r"https?://[^/]*/|[\w-]+(?:\.[\w-]+)+/(?=[^/]+/)", re.ASCII | re.IGNORECASE)
# Pages of several models, here and on openrouter.ai, whose query names them.
_COMPARISONS = frozenset({"", "compare", "api/compare", "chat"})
_REPRESENTATIONS = ("/preview", "/card.png", "/feed.xml", "/badge.svg", ".md")


def parse_references(values: Iterable[str]) -> list[str]:
    """Return what stands for one model each, in order: at most 30."""
    pieces = (piece.strip() for value in values for piece in value.split(","))
    references = (each.strip(" /") for piece in pieces for each in _expand(piece))
    return list(islice(filter(None, references), _MAX_REFERENCES))


def _expand(piece: str) -> Sequence[str]:
    """Return the models of a piece: those of a URL, else the piece itself."""
    match = _URL.match(piece)
    return (match and _expand_path(piece[match.end() :].partition("#")[0])) or [piece]


def _expand_path(path: str) -> Sequence[str]:
    """Return the models of the path of a URL, without its leading slash and its fragment."""
    path, _, query = path.partition("?")
    path = unquote(path).rstrip("/")
    if path in _COMPARISONS:
        return [value for name, value in parse_qsl(query) if name in (*MODEL_NAMES, "models")]
    if path.startswith("compare/"):
        parts = path.split("/")[1:]
        return [f"{author}/{slug}" for author, slug in zip(parts[::2], parts[1::2], strict=False)]
    return [_page_of(path)]


def _page_of(path: str) -> str:
    """Return the path of a model's page, given that of one of its representations."""
    return next((path.removesuffix(end) for end in _REPRESENTATIONS if path.endswith(end)), path)
