"""Which names of a query each address reads; one that is not here reads none."""

from handler.domain import comparison, query
from handler.web.beside import What
from handler.web.beside_pages import PARAMETERS

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
