"""Which names of a query each address reads; one that is not here reads none."""

from handler.domain.search import comparison, query
from handler.web.beside_pages import PARAMETERS
from handler.web.urls import What

QUERY_NAMES = {
    "/": query.NAMES,
    "/models.csv": query.NAMES,
    "/card*.png": query.NAMES,
    "/compare": comparison.NAMES,
    "/compare/card*.png": comparison.NAMES,
    "*/feed.xml": (PARAMETERS[What.FEED][0],),
    "*/badge.svg": (PARAMETERS[What.BADGE][0],),
}
"""The names by the pattern of a path. Those of the API stand in its own description."""
