"""A query in words: "12 free models by Google with tools, up to $5/M in"."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from handler.domain.formatting import format_token_count
from handler.domain.pricing.format import format_usd
from handler.domain.search.query import ANY, NEWEST_FIRST, ModelQuery, Range

FLAG_WORDS = {
    "free": "free",
    "open": "open-weight",
    "ranked": "Arena-ranked",
    "new": "new",
    "withdrawn": "withdrawn",
}
SORT_WORDS = {
    "name": "by name",
    "-name": "by name from Z",
    "input": "cheapest input first",
    "-input": "dearest input first",
    "output": "cheapest output first",
    "-output": "dearest output first",
    "context": "shortest context first",
    "-context": "longest context first",
    "rank": "best Arena rank first",
    "-rank": "last Arena rank first",
    "added": "oldest first",
    "-added": "newest first",
}


class DisplayNames(NamedTuple):
    """The names of authors and providers by what stands for them in a query."""

    authors: Mapping[str, str]
    providers: Mapping[str, str]


def describe_count(query: ModelQuery, count: int, names: DisplayNames) -> str:
    """Return what a query means, with how many there are."""
    return f"{count:,} {describe_query(query, names, 'model' if count == 1 else 'models')}"


def describe_query(query: ModelQuery, names: DisplayNames, noun: str = "models") -> str:
    """Return what a query means, in small letters: "free models by Google"."""
    adjectives = [FLAG_WORDS[flag] for flag in query.flags]
    return " ".join([*adjectives, noun + "".join(_conditions(query, names))])


def price_range_words(price: Range) -> str:
    """Return "up to $5/M in", "from $1/M in" or "$1 to $5/M in"."""
    low, high = (format_usd(end or Decimal(0)) for end in price)
    return f"{_ends(price, low, high)}/M in"


def context_range_words(context: Range) -> str:
    """Return "from 128K context", "up to 1M context" or "128K to 1M context"."""
    low, high = (format_token_count(int(end or 0)) for end in context)
    return f"{_ends(context, low, high)} context"


def _conditions(query: ModelQuery, names: DisplayNames) -> Iterator[str]:
    if query.author:
        yield f" by {names.authors.get(query.author, query.author)}"
    if query.provider:
        yield f" on {names.providers.get(query.provider, query.provider)}"
    if query.text:
        yield f" named “{query.text}”"
    if query.inputs:
        yield f" taking {join_words(_things(query.inputs))}"
    if query.outputs:
        yield f" giving {join_words(_things(query.outputs))}"
    if query.parameters:
        yield f" with {join_words(query.parameters)}"
    yield from _ranges(query)


def _ranges(query: ModelQuery) -> Iterator[str]:
    if query.price != ANY:
        yield f", {price_range_words(query.price)}"
    if query.context != ANY:
        yield f", {context_range_words(query.context)}"
    if query.sort != NEWEST_FIRST:
        yield f", {SORT_WORDS[query.sort]}"


def join_words(values: Sequence[str]) -> str:
    """Return "tools, reasoning and seed"."""
    words = [value.replace("_", " ") for value in values]
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _things(modalities: Sequence[str]) -> list[str]:
    return [f"{mode}s" if mode in ("image", "file", "video") else mode for mode in modalities]


def _ends(ends: Range, low: str, high: str) -> str:
    if ends.low is None:
        return f"up to {high}"
    return f"from {low}" if ends.high is None else f"{low} to {high}"
