"""A query in words: "12 free models by Google with tools, up to $5/M in"."""

from collections.abc import Sequence

from handler.domain.formatting import format_token_count
from handler.domain.pricing.format import format_usd
from handler.domain.search.filter import DisplayNames, Position
from handler.domain.search.filters import FILTERS
from handler.domain.search.query import BEST_MATCH, NEWEST_FIRST, SORT_WORDS, ModelQuery
from handler.domain.search.summary import ModelRow


def describe_count(query: ModelQuery, count: int, names: DisplayNames) -> str:
    """Return a query in words, with the number of models that match: "1 free model"."""
    return f"{count:,} {describe_query(query, names, 'model' if count == 1 else 'models')}"


def describe_query(query: ModelQuery, names: DisplayNames, noun: str = "models") -> str:
    """Return a query in words, without a capital: "free models by Google"."""
    phrases: dict[Position, list[str]] = {position: [] for position in Position}
    for each in FILTERS:
        if values := query.values(each.name):
            phrases[each.position].append(each.phrase(values, names))
    before, after, details, limits = phrases.values()
    if query.sort not in (NEWEST_FIRST, BEST_MATCH):
        limits.append(SORT_WORDS[query.sort])
    return ", ".join([" ".join([*before, noun, *after, *_join_details(details)]), *limits])


def _join_details(details: Sequence[str]) -> list[str]:
    """Return the details with one "with": "with image input, tool calling and 200K+ context"."""
    listed = [detail.removeprefix("with ") for detail in details if detail.startswith("with ")]
    others = [detail for detail in details if not detail.startswith("with ")]
    if not listed:
        return others
    return [*others, "with " + " and ".join(filter(None, (", ".join(listed[:-1]), listed[-1])))]


def describe_ranges(rows: Sequence[ModelRow]) -> str:
    """Return the range of prices and the longest context of some models, as far as published.

    For example "$0.10 to $5/M in, up to 1M context". Free models are left out of the prices.
    """
    prices = [row.input_price for row in rows if row.input_price]
    contexts = [row.context for row in rows if row.context]
    words = []
    if prices:
        low, high = format_usd(min(prices)), format_usd(max(prices))
        words.append(f"{low} to {high}/M in" if low != high else f"{low}/M in")
    if contexts:
        words.append(f"up to {format_token_count(max(contexts))} context")
    return ", ".join(words)
