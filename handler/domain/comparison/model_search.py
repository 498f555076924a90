"""Models found by a text that is no id, as the explorer finds them."""

from collections.abc import Callable

from handler.domain.catalog.model_index import IndexEntry
from handler.domain.search.listing import ModelListing, filter_models
from handler.domain.search.near_words import NearWords
from handler.domain.search.query import parse_query
from handler.domain.search.suggest import find_suggestions

_MAX_FOUND = 6


def search_models(
    listing: ModelListing, text: str, near_words: Callable[[], NearWords]
) -> list[IndexEntry]:
    """Return up to six listed models that a text matches, or nearly matches, best first."""
    query = parse_query([("q", text)])
    rows = filter_models(listing.rows, query) or find_suggestions(listing, query, near_words())
    return [IndexEntry(row.id, row.name, None, None) for row in rows[:_MAX_FOUND]]
