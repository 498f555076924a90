"""The table of what example workloads cost with a model."""

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

_NO_ESTIMATE_REASONS = {
    PricingKind.FREE: "Nothing, while OpenRouter lists it as free.",
    PricingKind.VARIABLE: "That depends on which model answers each request.",
    PricingKind.SET_BY_PROVIDER: "OpenRouter’s list does not say: "
    "its prices are not published there.",
    PricingKind.UNPUBLISHED: "Its prices are not published.",
    PricingKind.PRICED: "It is billed by more than tokens of text, "
    "so their number alone does not tell.",
}


class CostRow(NamedTuple):
    """A workload, its size, and its cost: None where a request exceeds the context."""

    name: str
    size: str
    cost: str | None


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
