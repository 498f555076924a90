"""Sentences about values of a query that were not understood, for pages, the API and CSV."""

from handler.domain.search.query import ModelQuery, Unread

_EXPECTED = {
    "q": "at most 60 characters",
    "by": "one author slug, such as google",
    "from": "one provider slug, such as groq",
    "has": "a parameter or modality, such as tools or image-in, eight at most",
    "is": "one of free, paid, open, ranked, new, changed and withdrawn",
    "price": "US dollars per million tokens, such as 0-5, <5 or 0.50",
    "context": "tokens, such as 128k, 200K+ or 8k-1m",
    "sort": "a column, such as input or -context",
}


def explain(unread: Unread) -> str:
    """Return a sentence on one value: what was typed, and what is expected."""
    expected = _EXPECTED[unread.parameter]
    return f"{unread.parameter}: “{unread.text}” is not understood; expected is {expected}."


def explain_all(query: ModelQuery) -> str:
    """Return the sentences on all values of a query, empty where each was understood."""
    return " ".join(map(explain, query.unread))
