"""Which names of a query each address reads; one that is not here reads none."""

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
"""The names by the pattern of a path. Those of the API stand in its own description."""
