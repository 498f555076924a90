"""Words of a search that stand for filters, read with the names that a listing has."""

from collections.abc import Iterable

from handler.domain.search.filters import FILTERS
from handler.domain.search.grammar import read_limits, read_makers, read_words, without_prepositions
from handler.domain.search.listing import ModelListing, match_models
from handler.domain.search.match import search_name, search_words
from handler.domain.search.query import ActiveFilter, ModelQuery
from handler.domain.search.ranges import Range, intersect

_ORDER = [each.name for each in FILTERS]
_SINGLE = ("text", "author", "provider")
_RANGES = ("price", "context")


def understand(query: ModelQuery, listing: ModelListing) -> ModelQuery:
    """Return the query with the words of its text that mean a filter as filters.

    They stay text where no model matches the filters, and some model's name has the words.
    """
    texts = query.values("text")
    if not texts:
        return query
    read = _read(query, texts[0], listing)
    if read == query or query.unread or match_models(listing.rows, read):
        return read
    readings = (_replace_text(query, without_prepositions(texts[0])), query)
    others = (_read(readings[0], readings[0].values("text")[0], listing), *readings)
    return next((each for each in others if match_models(listing.rows, each)), read)


def _read(query: ModelQuery, text: str, listing: ModelListing) -> ModelQuery:
    """Return the query with all that can be read in a text, until nothing more can."""
    limits = read_limits(text)
    makers = read_makers(limits.rest, listing.names)
    found, rest = [*limits.filters, *makers.filters], makers.rest
    words = read_words(rest)
    if words.filters and not (words.rest and _is_in_a_name(rest, listing)):
        found, rest = [*found, *words.filters], words.rest
    if rest == text:
        return query
    merged = _merge(_replace_text(query, rest), found)
    return _read(merged, rest, listing) if rest else merged


def _is_in_a_name(text: str, listing: ModelListing) -> bool:
    """Return whether a name has the whole text in one piece: "gemini 2.5 flash image"."""
    joined = "".join(search_words(text))
    names = (name for row in listing.rows.having([joined]) for name in (row.id, row.name))
    return any(name.has(joined) for name in map(search_name, names))


def _replace_text(query: ModelQuery, text: str) -> ModelQuery:
    others = [active for active in query.filters if active.name != "text"]
    return query.with_filters([*([ActiveFilter("text", text)] if text else []), *others])


def _merge(query: ModelQuery, found: Iterable[ActiveFilter]) -> ModelQuery:
    """Return the query with more filters. Ranges are narrowed, other single values replaced."""
    filters = list(query.filters)
    for each in found:
        same = [active for active in filters if active.name == each.name]
        if each.name in _RANGES and same:
            limits: Range = intersect(same[0].value, each.value) or each.value
            each = ActiveFilter(each.name, limits)
        if each.name in (*_SINGLE, *_RANGES):
            filters = [active for active in filters if active.name != each.name]
        filters += [each] if each not in filters else []
    return query.with_filters(sorted(filters, key=_position))


def _position(active: ActiveFilter) -> tuple[int, int, str]:
    """Return the place of a filter in the canonical query."""
    flags = [value for value, _ in active.filter.control.options]
    number = flags.index(active.value) if active.value in flags else 0
    return _ORDER.index(active.name), number, str(active.value)
