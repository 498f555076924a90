"""The tables of a model's prices, by dimension and tier, and of what example workloads cost."""

from typing import NamedTuple

from handler.domain.catalog.model import Model
from handler.domain.pricing.cost import (
    EXAMPLE_WORKLOADS,
    CostRange,
    Workload,
    estimate_cost_range,
    is_token_billed,
)
from handler.domain.pricing.format import format_usd
from handler.domain.pricing.types import DIMENSION_LABELS, DIMENSIONS, Price, Pricing, PricingKind

# Notes for kinds of pricing that the table alone would not explain.
PRICE_NOTES = {
    PricingKind.FREE: "Free while it is offered so: OpenRouter lists it at no charge per token.",
    PricingKind.VARIABLE: "Variable: this is a router, and each request costs what the model that "
    "answers it costs.",
    PricingKind.SET_BY_PROVIDER: "Billed by the provider in units that OpenRouter’s list does not "
    "show; the zeros in its raw record do not mean free.",
    PricingKind.UNPUBLISHED: "OpenRouter’s list publishes no price for this model.",
}

CALCULATOR_DEFAULTS = EXAMPLE_WORKLOADS["A coding agent’s day"]
"""The workload that the calculator starts with."""

_NO_ESTIMATE_REASONS = {
    PricingKind.FREE: "Nothing, while OpenRouter lists it as free.",
    PricingKind.VARIABLE: "That depends on which model answers each request.",
    PricingKind.SET_BY_PROVIDER: "OpenRouter’s list does not say: "
    "its prices are not published there.",
    PricingKind.UNPUBLISHED: "Its prices are not published.",
    PricingKind.PRICED: "It is billed by more than tokens of text, "
    "so their number alone does not tell.",
}


class PriceRow(NamedTuple):
    """A dimension with its base price, then its price in each tier. None means no price."""

    label: str
    unit: str
    prices: tuple[Price | None, ...]


class CostRow(NamedTuple):
    """A workload, its size, and its cost: None where a request exceeds the context."""

    name: str
    size: str
    cost: str | None


def price_rows(pricing: Pricing) -> list[PriceRow]:
    """Return a row for each dimension. A tier without a price for one keeps its base price."""
    tiers = [{price.dimension: price for price in tier.prices} for tier in pricing.tiers]
    base = {price.dimension: price for price in pricing.prices}
    samples = {name: price for prices in (*reversed(tiers), base) for name, price in prices.items()}
    return [
        PriceRow(
            samples[name].label,
            samples[name].unit.phrase,
            (base.get(name), *(tier.get(name, base.get(name)) for tier in tiers)),
        )
        for name in DIMENSIONS
        if name in samples
    ]


def zero_priced_dimensions(pricing: Pricing) -> list[str]:
    """Return the labels of dimensions that a priced model lists at zero, in lower case."""
    if pricing.kind is not PricingKind.PRICED:
        return []
    amounts = pricing.schedule.amounts
    return [DIMENSION_LABELS[name].lower() for name, amount in amounts.items() if not amount]


def cost_rows(model: Model) -> list[CostRow]:
    """Return a row for each example workload, none for a model that is not billed by token."""
    if not is_token_billed(model):
        return []
    return [
        CostRow(name, _format_size(workload), _format_cost(estimate_cost_range(model, workload)))
        for name, workload in EXAMPLE_WORKLOADS.items()
    ]


def no_estimate_reason(model: Model) -> str:
    """Return the sentence that replaces the table of a model without cost rows."""
    return _NO_ESTIMATE_REASONS[model.pricing.kind]


def _format_size(workload: Workload) -> str:
    text = f"{workload.tokens_in:,} tokens in, {workload.tokens_out:,} out"
    return text if workload.requests == 1 else f"{workload.requests} requests of {text} each"


def _format_cost(cost: CostRange | None) -> str | None:
    if cost is None:
        return None
    lowest, highest = map(format_usd, cost)
    return lowest if cost.lowest == cost.highest else f"{lowest} to {highest}, by the hour"
