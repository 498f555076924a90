"""The query parameters of each route, by CloudFront's patterns; other paths read none."""

from fnmatch import fnmatchcase

from handler.web.app import ROUTES
from handler.web.http.routing import Route, load


def query_names(route: Route) -> tuple[str, ...]:
    """Return the query parameters that a route reads."""
    query = load(route.query) if isinstance(route.query, str) else route.query
    return tuple(query)


def _names(pattern: str) -> tuple[str, ...]:
    return next(query_names(r) for r in ROUTES if fnmatchcase(r.pattern, pattern))


QUERY_NAMES = {
    pattern: _names(pattern)
    for pattern in (
        "/",
        "/models.csv",
        "/card*.png",
        "/compare",
        "/compare/card*.png",
        "*/feed.xml",
        "*/badge.svg",
    )
}
"""The names by the pattern of a path. Those of the API stand in its own description."""
