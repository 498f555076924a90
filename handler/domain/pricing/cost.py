"""What some usual work costs with a model, reckoned from the prices of the list and their tiers."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from handler.domain.catalog.model import Model
from handler.domain.pricing.format import headline_prices
from handler.domain.pricing.parse import parse_amounts
from handler.domain.pricing.types import PriceUnit, PricingKind

# A day has as many hours: real records have four overrides at most.
_MAX_OVERRIDES = 24


class ExampleWorkload(NamedTuple):
    """Requests of one size: how many, with how many tokens in and out each."""

    name: str
    requests: int
    tokens_in: int
    tokens_out: int


EXAMPLE_WORKLOADS = (
    ExampleWorkload("A chat turn", 1, 2_000, 500),
    ExampleWorkload("A long document, summarised", 1, 100_000, 2_000),
    ExampleWorkload("A coding agent’s day", 200, 50_000, 1_000),
)
"""Round numbers, chosen to show how prices add up, not measured."""


class CostRange(NamedTuple):
    """US dollars: `highest` is more than `lowest` where the price depends on the hour."""

    lowest: Decimal
    highest: Decimal


def is_token_billed(model: Model) -> bool:
    """Return whether tokens in and out are all that is billed for what the model makes."""
    listed = _listed(model)
    prices = headline_prices(model.pricing, model.output_modalities)
    return (
        model.pricing.kind is PricingKind.PRICED
        and all(
            p.unit is PriceUnit.TOKEN and p.dimension in ("prompt", "completion") for p in prices
        )
        and listed.get("prompt") is not None
        and (listed.get("completion") is not None or "text" not in model.output_modalities)
        and len(_overrides(listed)) <= _MAX_OVERRIDES
    )


def estimate_cost_range(model: Model, work: ExampleWorkload) -> CostRange | None:
    """Return what the work costs, None where one of its requests is longer than the context.

    The model has to be one that is billed by token. Tiers apply to each request by itself, as
    OpenRouter documents them: above a number of prompt tokens, or at certain hours.
    """
    if model.context_length and model.context_length < work.tokens_in + work.tokens_out:
        return None
    costs = [
        work.requests * _cost_of_request(amounts, work)
        for amounts in _amounts_by_hour(_listed(model), work.tokens_in)
    ]
    return CostRange(min(costs), max(costs))


def _cost_of_request(amounts: Mapping[str, Decimal], work: ExampleWorkload) -> Decimal:
    nothing = Decimal(0)
    return (
        amounts["prompt"] * work.tokens_in
        + amounts.get("completion", nothing) * work.tokens_out
        + amounts.get("request", nothing)
    )


def _amounts_by_hour(listed: Mapping[str, Any], tokens_in: int) -> Iterator[dict[str, Decimal]]:
    """Yield the amounts for a prompt of that length, at hours of no tier and of each."""
    overrides = _overrides(listed)
    hours = [override for override in overrides if override.get("min_prompt_tokens") is None]
    for hour in (None, *hours):
        amounts = parse_amounts(listed)
        for override in overrides:
            threshold = override.get("min_prompt_tokens")
            if override is hour or (threshold is not None and threshold < tokens_in):
                amounts |= parse_amounts(override)
        yield amounts


def _listed(model: Model) -> Mapping[str, Any]:
    return model.raw.get("pricing") or {}


def _overrides(listed: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    return listed.get("overrides") or []
