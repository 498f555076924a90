"""The list of all models of a catalog, and the filters' choices.

A refresh makes it of every profile, and stores it; a page reads it without any profile.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from handler.domain.catalog.profile import Profile
from handler.domain.search.filter import DisplayNames, Filter, is_word
from handler.domain.search.filters import FILTERS
from handler.domain.search.match import search_words, sort_by_match
from handler.domain.search.model_rows import ModelRows
from handler.domain.search.query import BEST_MATCH, ModelQuery, sort_rows
from handler.domain.search.summary import ModelRow, summarize

PAGE_SIZE = 100
MAX_FACET_VALUES = 300

_NAMED_FOR = {"reasoning": ("thinking",), "image": ("vision", "vl")}


class FacetValue(NamedTuple):
    """A value of a filter, and how many listed models have it."""

    value: str
    label: str
    model_count: int


class ModelListing(NamedTuple):
    """All models of a catalog; `facets` are the values to choose from, by the filter's name."""

    rows: ModelRows
    facets: Mapping[str, tuple[FacetValue, ...]]
    names: DisplayNames

    def listed(self) -> list[ModelRow]:
        """Return the models that are listed today."""
        return _listed(self.rows)


def build_listing(profiles: Iterable[Profile], as_of: datetime) -> ModelListing:
    """Return the list of a catalog's models."""
    rows = ModelRows(summarize(profile, as_of) for profile in profiles)
    names = _display_names(rows)
    listed = _listed(rows)
    facets = {each.name: _facet_values(each, listed, names) for each in FILTERS}
    return ModelListing(rows, facets, names)


def filter_models(rows: ModelRows, query: ModelQuery) -> list[ModelRow]:
    """Return the models of all pages that match a query, in its order."""
    found = match_models(rows, query)
    if query.sort == BEST_MATCH:
        return sort_by_match(found, query.values("text")[0], _asked_words(query))
    return sort_rows(found, query.sort)


def match_models(rows: ModelRows, query: ModelQuery) -> Sequence[ModelRow]:
    """Return the models that match a query, withdrawn ones only if it asks for them.

    None match a query with a value that is not understood.
    """
    if query.unread:
        return []
    text = next(iter(query.values("text")), "")
    found = rows.having(search_words(text))
    if "withdrawn" not in query.values("flags"):
        found = _listed(found)
    # Matching a text takes longest, so it comes last.
    for active in sorted(query.filters, key=lambda active: active.name == "text"):
        found = [row for row in found if active.filter.matches(row, active.value)]
    return found


def _asked_words(query: ModelQuery) -> list[str]:
    """Return the words of a name by which it fits the other filters: "thinking", "vision"."""
    values = (str(active.value) for active in query.filters if active.name != "text")
    return [word for value in values for word in (value, *_NAMED_FOR.get(value, ()))]


def page_count(rows: Sequence[ModelRow]) -> int:
    """Return the number of pages of PAGE_SIZE rows, at least one."""
    return max(1, -(-len(rows) // PAGE_SIZE))


def _listed(rows: Iterable[ModelRow]) -> list[ModelRow]:
    return [row for row in rows if row.withdrawn is None]


def _display_names(rows: Sequence[ModelRow]) -> DisplayNames:
    """Return the names of authors and providers. An author has the name that most models give."""
    authors: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        authors[row.author.lower()][row.vendor] += 1
    return DisplayNames(
        {author: names.most_common(1)[0][0] for author, names in authors.items()},
        {slug: name for row in rows for slug, name in row.providers.items()},
    )


def _facet_values(
    each: Filter, rows: Iterable[ModelRow], names: DisplayNames
) -> tuple[FacetValue, ...]:
    """Return the values of a select in alphabetical order, others the commonest first.

    They are the commonest MAX_FACET_VALUES of those that a query can name.
    """
    counts = Counter(pair for row in rows for pair in each.facet(row, names) if is_word(pair[0]))
    common = counts.most_common(MAX_FACET_VALUES)
    values = [FacetValue(value, label, n) for (value, label), n in common]
    if each.control.kind == "select":
        values.sort(key=lambda choice: choice.label.lower())
    return tuple(values)
