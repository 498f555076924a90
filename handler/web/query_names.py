"""Which names of a query each page reads. Whatever else an address has changes nothing.

A cache keys on these alone, or it keeps one page under many addresses.
"""

from handler.domain import comparison, query

QUERY_NAMES = {
    "/": query.NAMES,
    "/card-*.png": query.NAMES,
    "/models.csv": query.NAMES,
    "/compare": comparison.NAMES,
    "/compare/card-*.png": comparison.NAMES,
}
"""The names by route; a route that is not here reads none."""
