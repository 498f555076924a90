"""The table of what typical work costs with a model."""

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
from handler.domain.pricing.types import PricingKind

CALCULATOR_DEFAULTS = EXAMPLE_WORKLOADS["A coding agent’s day"]
"""The workload that the calculator starts with."""

# Why there is nothing to reckon.
_REASONS = {
    PricingKind.FREE: "Nothing, while OpenRouter lists it as free.",
    PricingKind.VARIABLE: "That depends on which model answers each request.",
    PricingKind.SET_BY_PROVIDER: "OpenRouter’s list does not say: its prices are not published there.",
    PricingKind.UNPUBLISHED: "Its prices are not published.",
    PricingKind.PRICED: "It is billed by more than tokens of text, so their number alone does not tell.",
}


class CostRow(NamedTuple):
    """One kind of work, how much it is, and its cost; None where it does not fit the context."""

    name: str
    amount: str
    cost: str | None


def cost_rows(model: Model) -> list[CostRow]:
    """Return a row for each kind of typical work, none for a model that is not billed by token."""
    if not is_token_billed(model):
        return []
    return [
        CostRow(name, _describe(workload), _format_cost(estimate_cost_range(model, workload)))
        for name, workload in EXAMPLE_WORKLOADS.items()
    ]


def no_estimate_reason(model: Model) -> str:
    """Return why a model has no such rows, in a sentence."""
    return _REASONS[model.pricing.kind]


def _describe(workload: Workload) -> str:
    text = f"{workload.tokens_in:,} tokens in, {workload.tokens_out:,} out"
    return text if workload.requests == 1 else f"{workload.requests} requests of {text} each"


def _format_cost(cost: CostRange | None) -> str | None:
    if cost is None:
        return None
    lowest, highest = map(format_usd, cost)
    return lowest if cost.lowest == cost.highest else f"{lowest} to {highest}, by the hour"
