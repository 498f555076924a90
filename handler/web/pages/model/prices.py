"""The tables of a model's prices, by dimension and tier, and of what example workloads cost."""

from collections.abc import Mapping
from typing import NamedTuple

from handler.domain.catalog.model import Model
from handler.domain.pricing.cost import NoCost, Workload, estimate_cost, is_token_billed
from handler.domain.pricing.cost_format import format_cost, format_workload
from handler.domain.pricing.format import format_usd
from handler.domain.pricing.headline import search_fee
from handler.domain.pricing.types import DIMENSION_LABELS, DIMENSIONS, Price, Pricing, PricingKind
from handler.domain.pricing.week import MEANINGFUL_ZEROS

# Notes for kinds of pricing that the table alone would not explain.
_PRICE_NOTES = {
    PricingKind.FREE: "Free while it is offered so: OpenRouter lists it at no charge per token.",
    PricingKind.VARIABLE: "Variable: OpenRouter’s list names no fixed price for this model.",
    PricingKind.SET_BY_PROVIDER: "Billed by the provider in units that OpenRouter’s list does not "
    "show; the zeros in its raw record do not mean free.",
    PricingKind.UNPUBLISHED: "OpenRouter’s list publishes no price for this model.",
}
_ROUTER_NOTE = (
    "Variable: this is a router, and each request costs what the model that answers it costs."
)

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

_NO_ESTIMATE_REASONS = {
    PricingKind.FREE: "Currently free: OpenRouter lists it at no charge.",
    PricingKind.VARIABLE: "Varies: OpenRouter lists no fixed price.",
    PricingKind.SET_BY_PROVIDER: "Unknown: OpenRouter does not publish its prices.",
    PricingKind.UNPUBLISHED: "Unknown: its prices are not published.",
    PricingKind.PRICED: "It is billed by more than text tokens, "
    "so token counts alone do not give a cost.",
}


class PriceRow(NamedTuple):
    """A dimension with its base price, then its price in each tier. None means no price."""

    label: str
    unit: str
    prices: tuple[Price | None, ...]


class CostRow(NamedTuple):
    """A workload, its size, and its cost in words."""

    name: str
    size: str
    cost: str


def price_note(model: Model) -> str | None:
    """Return the sentence that explains a pricing which the table alone would not."""
    if (
        model.pricing.kind is PricingKind.VARIABLE
        and "router" in f"{model.id} {model.name}".lower()
    ):
        return _ROUTER_NOTE
    return _PRICE_NOTES.get(model.pricing.kind)


def base_price_label(pricing: Pricing) -> str:
    """Return the heading of the base prices, by the conditions that stand beside them."""
    if not pricing.tiers:
        return "Price"
    is_by_hour = all(each.window for tier in pricing.tiers for each in tier.conditions)
    return "All other hours" if is_by_hour else "Base price"


def price_rows(pricing: Pricing) -> list[PriceRow]:
    """Return a row for each dimension. A tier without a price for one keeps its base price."""
    tiers = [{p.dimension: p if _is_price(p) else None for p in t.prices} for t in pricing.tiers]
    base = {price.dimension: price for price in pricing.prices}
    in_tiers = [price for tier in reversed(pricing.tiers) for price in tier.prices]
    samples = {price.dimension: price for price in (*in_tiers, *pricing.prices)}
    return [
        PriceRow(
            samples[name].label,
            samples[name].unit.phrase,
            (base.get(name), *(tier.get(name, base.get(name)) for tier in tiers)),
        )
        for name in DIMENSIONS
        if name in samples
    ]


def _is_price(price: Price) -> bool:
    return bool(price.amount) or price.amount is None or price.dimension in MEANINGFUL_ZEROS


def zero_priced_dimensions(model: Model) -> list[str]:
    """Return the labels of dimensions that a priced model lists at zero, in lower case.

    A zero for output says nothing of a model that makes no text.
    """
    if model.pricing.kind is not PricingKind.PRICED:
        return []
    tiers = [price for tier in model.pricing.tiers for price in tier.prices]
    shown = {price.dimension for price in (*model.pricing.prices, *tiers)}
    silent = shown if "text" in (model.output_modalities or ("text",)) else {*shown, "completion"}
    amounts = model.pricing.schedule.amounts
    return [
        DIMENSION_LABELS[name].lower()
        for name, amount in amounts.items()
        if not amount and name not in silent
    ]


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


def no_estimate_reason(model: Model) -> str:
    """Return the sentence that replaces the table of a model without cost rows."""
    return _NO_ESTIMATE_REASONS[model.pricing.kind]
