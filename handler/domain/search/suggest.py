"""Near misses of a search that finds nothing: the same search with its words spelled right."""

import re
from collections import Counter
from collections.abc import Mapping
from difflib import get_close_matches

from handler.domain.search.listing import ModelListing, filter_models
from handler.domain.search.match import search_name
from handler.domain.search.query import ActiveFilter, ModelQuery
from handler.domain.search.summary import ModelRow

MAX_SUGGESTIONS = 5

_WORD = re.compile(r"[^\W\d_]{3,}")
_MIN_SIMILARITY = 0.7


def find_suggestions(listing: ModelListing, query: ModelQuery) -> list[ModelRow]:
    """Return up to five models that a query may have meant, best first.

    They match its text with each unknown word replaced by the most similar one of a name: with its
    other filters, or without them where nothing matches so.
    """
    corrected = correct(listing, query)
    if corrected is None or query.unread:
        return []
    texts = [active for active in corrected.filters if active.name == "text"]
    loose = corrected.with_filters(texts)
    rows = filter_models(listing.rows, corrected) or filter_models(listing.rows, loose)
    return rows[:MAX_SUGGESTIONS]


def correct(listing: ModelListing, query: ModelQuery) -> ModelQuery | None:
    """Return the query with the words of its text as names have them, None without a text."""
    texts = query.values("text")
    if not texts:
        return None
    words = _words_of_names(listing)
    text = _WORD.sub(lambda match: _closest(match[0], words), texts[0])
    others = [active for active in query.filters if active.name != "text"]
    return query.with_filters([ActiveFilter("text", text), *others])


def _words_of_names(listing: ModelListing) -> Counter[str]:
    """Return how many listed models have each word in their id, name or providers."""
    return Counter(
        run
        for row in listing.listed()
        for run in {
            run
            for name in (row.id, row.name, *row.providers.values())
            for run in search_name(name).runs
        }
    )


def _closest(word: str, words: Mapping[str, int]) -> str:
    """Return a known word or beginning of one as it is, another as the closest known word."""
    if any(known.startswith(word) for known in words):
        return word
    close = get_close_matches(word, words, n=3, cutoff=_MIN_SIMILARITY)
    return close[0] if close else word
