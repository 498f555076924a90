"""Queries of tests: the parameters that each path reads, and query strings of any text."""

from handler.domain.search import comparison, query
from handler.web.beside_pages import PARAMETERS
from handler.web.urls import Representation

QUERY_NAMES = {
    "/": query.PARAMETERS,
    "/models.csv": query.PARAMETERS,
    "/card*.png": query.PARAMETERS,
    "/compare": comparison.PARAMETERS,
    "/compare/card*.png": comparison.PARAMETERS,
    "*/feed.xml": (PARAMETERS[Representation.FEED][0],),
    "*/badge.svg": (PARAMETERS[Representation.BADGE][0],),
}
"""Parameters by path pattern; other paths read none. Those of the API are in its description."""


def percent_encode(text: str) -> str:
    """Return every byte of the first 500 characters of a text in percent-encoding."""
    return "".join(f"%{byte:02x}" for byte in text[:500].encode(errors="replace"))
