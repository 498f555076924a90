"""The table of what example workloads cost with a model."""

from collections.abc import Mapping
from typing import NamedTuple

from handler.domain.catalog.model import Model
from handler.domain.pricing.cost import NoCost, Workload, estimate_cost, is_token_billed
from handler.domain.pricing.cost_format import format_cost, format_workload
from handler.domain.pricing.format import format_usd
from handler.domain.pricing.headline import search_fee
from handler.domain.pricing.types import Pricing, PricingKind

# Round numbers, chosen to show how prices add up, not measured.
_TEXT_WORKLOADS = {
    "A chat turn": Workload(2_000, 500),
    "A long document, summarized": Workload(100_000, 2_000),
    "A day of agentic coding": Workload(50_000, 1_000, requests=200),
}
_EMBEDDING_WORKLOADS = {
    "A short text": Workload(500, 0),
    "A thousand passages": Workload(500, 0, requests=1_000),
}
CALCULATOR_FIELDS = {"in": "1,000,000", "out": "100,000", "cached": "0", "requests": ""}
"""The text of the calculator's fields, by query parameter of `/compare`: totals, at first."""


class CostRow(NamedTuple):
    """A workload, its size, and its cost in words."""

    name: str
    size: str
    cost: str


def cost_rows(model: Model) -> list[CostRow]:
    """Return a row for each example workload, none where their cost is not known."""
    workloads = _example_workloads(model)
    costs = [estimate_cost(model, workload) for workload in workloads.values()]
    if all(cost in (NoCost.NOT_PUBLISHED, NoCost.OTHER_UNITS) for cost in costs):
        return []
    return [
        CostRow(name, format_workload(workload), format_cost(cost))
        for (name, workload), cost in zip(workloads.items(), costs, strict=True)
    ]


def _example_workloads(model: Model) -> Mapping[str, Workload]:
    """Return the workloads of a page, none for models that make neither text nor embeddings."""
    if model.pricing.kind is not PricingKind.PRICED or not is_token_billed(model):
        return {}
    if "text" in (model.output_modalities or ("text",)):
        return _TEXT_WORKLOADS
    return _EMBEDDING_WORKLOADS if "embeddings" in model.output_modalities else {}


def price_per_search(pricing: Pricing) -> str | None:
    """Return the fee of a web search beside tokens, such as "$0.01", None where there is none."""
    fee = search_fee(pricing)
    return format_usd(fee.display_amount) if fee and fee.display_amount is not None else None
