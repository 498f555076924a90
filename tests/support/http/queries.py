"""Queries of tests: the parameters that each path reads, and query strings of any text."""

from fnmatch import fnmatchcase

from handler.web.app import ROUTES
from handler.web.http.routing import Route, load


def query_names(route: Route) -> tuple[str, ...]:
    """Return the query parameters that a route reads."""
    query = load(route.query) if isinstance(route.query, str) else route.query
    return tuple(query)


def _names(pattern: str) -> tuple[str, ...]:
    return next(query_names(r) for r in ROUTES if fnmatchcase(r.pattern, pattern))


_PATTERNS = ("/", "/models.csv", "/card*.png", "/compare", "/compare/card*.png", "/changes")
QUERY_NAMES = {name: _names(name) for name in (*_PATTERNS, "*/feed.xml", "*/badge.svg")}
"""Parameters by path pattern; other paths read none. Those of the API are in its description."""


def percent_encode(text: str) -> str:
    """Return every byte of the first 500 characters of a text in percent-encoding."""
    return "".join(f"%{byte:02x}" for byte in text[:500].encode(errors="replace"))
