"""Near misses of a search that finds nothing: the same search with its words spelled right."""

import re

from handler.domain.search.listing import ModelListing, filter_models
from handler.domain.search.near_words import NearWords
from handler.domain.search.query import ActiveFilter, ModelQuery
from handler.domain.search.summary import ModelRow

MAX_SUGGESTIONS = 5

_WORD = re.compile(r"[^\W\d_]{3,}")


def find_suggestions(
    listing: ModelListing, query: ModelQuery, words: NearWords | None = None
) -> list[ModelRow]:
    """Return up to five models that a query may have meant, best first.

    `words` are those of the listing, built anew if they are not passed.

    They match its text with each unknown word replaced by the most similar one of a name: with its
    other filters, or without them where nothing matches so.
    """
    corrected = correct(words or NearWords(listing), query)
    if corrected is None or query.unread:
        return []
    texts = [active for active in corrected.filters if active.name == "text"]
    loose = corrected.with_filters(texts)
    rows = filter_models(listing.rows, corrected) or filter_models(listing.rows, loose)
    return rows[:MAX_SUGGESTIONS]


def correct(words: NearWords, query: ModelQuery) -> ModelQuery | None:
    """Return the query with the words of its text as names have them, None without a text."""
    texts = query.values("text")
    if not texts:
        return None
    text = _WORD.sub(lambda match: words.closest(match[0]), texts[0])
    others = [active for active in query.filters if active.name != "text"]
    return query.with_filters([ActiveFilter("text", text), *others])
