"""What requests cost with a model, estimated from its listed prices and their overrides."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from handler.domain.catalog.model import Model
from handler.domain.pricing.format import headline_prices
from handler.domain.pricing.types import (
    Condition,
    PriceSchedule,
    PriceUnit,
    Pricing,
    PricingKind,
    Window,
)

MAX_TOKENS = 999_999_999_999
# One for each hour of the day. Real models have four at most.
_MAX_OVERRIDES = 24
_TOKEN_DIMENSIONS = ("prompt", "completion")


class Workload(NamedTuple):
    """Requests of one size. Tokens are those of each request, `tokens_cached` part of the input."""

    tokens_in: int = 1_000_000
    tokens_out: int = 200_000
    tokens_cached: int = 0
    requests: int = 1


DEFAULT_WORKLOAD = Workload()
"""The workload of a comparison that names none: a million tokens in, a fifth of that out."""

EXAMPLE_WORKLOADS = {
    "A chat turn": Workload(2_000, 500),
    "A long document, summarised": Workload(100_000, 2_000),
    "A coding agent’s day": Workload(50_000, 1_000, requests=200),
}
"""Round numbers, chosen to show how prices add up, not measured."""


class CostRange(NamedTuple):
    """US dollars: `highest` exceeds `lowest` where the price depends on the hour."""

    lowest: Decimal
    highest: Decimal


def bills_tokens_only(pricing: Pricing, output_modalities: Sequence[str]) -> bool:
    """Return whether tokens in and out are all that is billed for the output of a model."""
    if pricing.kind is not PricingKind.PRICED:
        return pricing.kind is PricingKind.FREE
    prices = headline_prices(pricing, output_modalities)
    return all(p.unit is PriceUnit.TOKEN and p.dimension in _TOKEN_DIMENSIONS for p in prices)


def is_token_billed(model: Model) -> bool:
    """Return whether `estimate_cost_range` is meaningful for a model."""
    amounts, overrides = model.pricing.schedule
    return (
        model.pricing.kind is PricingKind.PRICED
        and bills_tokens_only(model.pricing, model.output_modalities)
        and "prompt" in amounts
        and ("completion" in amounts or "text" not in model.output_modalities)
        and len(overrides) <= _MAX_OVERRIDES
    )


def estimate_cost(
    schedule: PriceSchedule,
    workload: Workload,
    *,
    window: Window | None = None,
    base_tokens_only: bool = False,
) -> Decimal:
    """Return US dollars for a workload within a window, or outside all windows where it is None.

    Overrides apply to each request by itself, as OpenRouter documents them. Cached tokens cost as
    much as others where the list has no price for them. `base_tokens_only` ignores overrides and
    fees per request.
    """
    amounts = dict(schedule.amounts)
    if base_tokens_only:
        amounts.pop("request", None)
    else:
        for override in schedule.overrides:
            if _applies(override.condition, workload, window):
                amounts |= override.amounts
    return workload.requests * _cost_per_request(amounts, workload)


def estimate_cost_range(model: Model, workload: Workload) -> CostRange | None:
    """Return the cost of a token-billed model over all hours, None past its context."""
    if model.context_length and model.context_length < workload.tokens_in + workload.tokens_out:
        return None
    schedule = model.pricing.schedule
    windows = {None, *(condition.window for condition, _ in schedule.overrides)}
    costs = [estimate_cost(schedule, workload, window=window) for window in windows]
    return CostRange(min(costs), max(costs))


def estimate_base_cost(model: Model, workload: Workload) -> Decimal | None:
    """Return the cost at the base prices of tokens, as comparisons show it.

    None where the model bills more than tokens, or publishes no price for input. An output price
    may be missing where the model makes no text, such as embeddings.
    """
    pricing, outputs = model.pricing, model.output_modalities
    if not bills_tokens_only(pricing, outputs):
        return None
    required = _TOKEN_DIMENSIONS if "text" in outputs else ("prompt",)
    if pricing.kind is not PricingKind.FREE and not all(map(pricing.price, required)):
        return None
    return estimate_cost(pricing.schedule, workload, base_tokens_only=True)


def _applies(condition: Condition, workload: Workload, window: Window | None) -> bool:
    if condition.prompt_over is not None:
        return workload.tokens_in > condition.prompt_over
    return condition.window == window


def _cost_per_request(amounts: Mapping[str, Decimal], workload: Workload) -> Decimal:
    zero = Decimal(0)
    prompt = amounts.get("prompt", zero)
    return (
        prompt * (workload.tokens_in - workload.tokens_cached)
        + amounts.get("input_cache_read", prompt) * workload.tokens_cached
        + amounts.get("completion", zero) * workload.tokens_out
        + amounts.get("request", zero)
    )
