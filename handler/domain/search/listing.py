"""Which models a query means, in which order, and what there is to choose from."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handler.domain.catalog.catalog import Catalog
from handler.domain.search.describe import DisplayNames
from handler.domain.search.query import ANY, ModelQuery
from handler.domain.search.summary import ModelRow, summarize

PAGE_SIZE = 100

_FLAGS: Mapping[str, Callable[[ModelRow], bool]] = {
    "free": lambda row: row.is_free,
    "open": lambda row: row.is_open,
    "ranked": lambda row: row.rank is not None,
    "new": lambda row: row.is_new,
    "withdrawn": lambda row: row.withdrawn is not None,
}
_VALUES: Mapping[str, Callable[[ModelRow], Any]] = {
    "name": lambda row: row.name.lower(),
    "input": lambda row: row.input_price,
    "output": lambda row: row.output_price,
    "context": lambda row: row.context,
    "rank": lambda row: row.rank,
    "added": lambda row: row.created,
}


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a filter, with how many listed models have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class ModelListing:
    """Every model of one catalog in short, and what can be chosen between, the commonest first."""

    rows: tuple[ModelRow, ...]
    authors: tuple[FacetValue, ...]
    providers: tuple[FacetValue, ...]
    inputs: tuple[FacetValue, ...]
    outputs: tuple[FacetValue, ...]
    parameters: tuple[FacetValue, ...]
    names: DisplayNames

    def listed(self) -> list[ModelRow]:
        """Return the models that are listed today."""
        return [row for row in self.rows if row.withdrawn is None]


def build_listing(catalog: Catalog) -> ModelListing:
    """Return a catalog in short."""
    rows = tuple(summarize(profile, catalog.as_of) for profile in catalog.profiles())
    listed = [row for row in rows if row.withdrawn is None]
    names = _names(rows)
    return ModelListing(
        rows=rows,
        authors=_alphabetical(_facet_values(_author(row, names) for row in listed)),
        providers=_alphabetical(_facet_values(p for row in listed for p in row.providers.items())),
        inputs=_facet_values((mode, mode) for row in listed for mode in row.inputs),
        outputs=_facet_values((mode, mode) for row in listed for mode in row.outputs),
        parameters=_facet_values((name, name) for row in listed for name in row.parameters),
        names=names,
    )


def filter_models(rows: Iterable[ModelRow], query: ModelQuery) -> list[ModelRow]:
    """Return the models that a query means, in its order; what is not known comes last.

    Those that are listed no longer are left out unless they are asked for.
    """
    conditions = list(_conditions(query))
    found = [row for row in rows if all(holds(row) for holds in conditions)]
    value = _VALUES[query.sort.removeprefix("-")]
    known = [row for row in found if value(row) is not None]
    unknown = [row for row in found if value(row) is None]
    return sorted(known, key=value, reverse=query.sort.startswith("-")) + unknown


def page_count(rows: Sequence[ModelRow]) -> int:
    """Return on how many pages of PAGE_SIZE the rows stand, at least one."""
    return max(1, -(-len(rows) // PAGE_SIZE))


def _names(rows: Sequence[ModelRow]) -> DisplayNames:
    """Return the names of authors and providers: of an author the one that most models bear."""
    vendors: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        vendors[row.author.lower()][row.vendor] += 1
    return DisplayNames(
        {author: names.most_common(1)[0][0] for author, names in vendors.items()},
        {slug: name for row in rows for slug, name in row.providers.items()},
    )


def _author(row: ModelRow, names: DisplayNames) -> tuple[str, str]:
    key = row.author.lower()
    return key, names.authors[key]


def _conditions(query: ModelQuery) -> Iterator[Callable[[ModelRow], bool]]:
    """Yield what a model has to fulfil: only what is asked for takes time."""
    if "withdrawn" not in query.flags:
        yield lambda row: row.withdrawn is None
    if query.author:
        yield lambda row: row.author.lower() == query.author
    if query.provider:
        yield lambda row: query.provider in row.providers
    yield from (_FLAGS[flag] for flag in query.flags)
    if query.inputs or query.outputs or query.parameters:
        yield lambda row: _has_all(row, query)
    if query.price != ANY:
        yield lambda row: query.price.contains(row.input_price)
    if query.context != ANY:
        yield lambda row: query.context.contains(row.context)
    if words := query.text.split():
        yield lambda row: _is_named(row, words)


def _has_all(row: ModelRow, query: ModelQuery) -> bool:
    return (
        set(query.inputs) <= set(row.inputs)
        and set(query.outputs) <= set(row.outputs)
        and set(query.parameters) <= set(row.parameters)
    )


def _is_named(row: ModelRow, words: Sequence[str]) -> bool:
    name = f"{row.name} {row.id}".lower()
    return all(word in name for word in words)


def _facet_values(pairs: Iterable[tuple[str, str]]) -> tuple[FacetValue, ...]:
    counts = Counter(pairs)
    return tuple(FacetValue(value, label, n) for (value, label), n in counts.most_common())


def _alphabetical(choices: Iterable[FacetValue]) -> tuple[FacetValue, ...]:
    return tuple(sorted(choices, key=lambda choice: choice.label.lower()))
