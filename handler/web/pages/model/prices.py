"""The table of a model's prices, by dimension and tier, and the notes on it."""

from typing import NamedTuple

from handler.domain.catalog.model import Model
from handler.domain.catalog.model_history import PRICE
from handler.domain.catalog.profile import Profile
from handler.domain.pricing.types import (
    DIMENSION_LABELS,
    DIMENSIONS,
    Price,
    PriceUnit,
    Pricing,
    PricingKind,
)
from handler.domain.pricing.week import MEANINGFUL_ZEROS

# Notes for kinds of pricing that the table alone would not explain.
_PRICE_NOTES = {
    PricingKind.FREE: "Currently free: OpenRouter lists it at no charge per token.",
    PricingKind.VARIABLE: "Variable: OpenRouter’s list names no fixed price for this model.",
    PricingKind.SET_BY_PROVIDER: "Billed by the provider in units that OpenRouter’s list does not "
    "show; the zeros in its raw record do not mean free.",
    PricingKind.UNPUBLISHED: "OpenRouter’s list publishes no price for this model.",
}
_ROUTER_NOTE = (
    "Variable: this is a router, and each request costs what the model that answers it costs."
)


class PriceRow(NamedTuple):
    """A dimension with its base price, then its price in each tier. None means no price."""

    label: str
    unit: str
    prices: tuple[Price | None, ...]


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
    conditions = [each for tier in pricing.tiers for each in tier.conditions]
    is_by_hour = all(each.window and each.prompt_over is None for each in conditions)
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


def unchanged_prices_label(profile: Profile) -> str | None:
    """Return the subject of "… are unchanged", None where the model has no fixed prices."""
    pricing = profile.model.pricing
    if pricing.kind is not PricingKind.PRICED:
        return None
    if len(profile.history.timelines[PRICE]) == 1:
        return "Prices"
    prices = filter(None, map(pricing.price, ("prompt", "completion")))
    is_token_priced = any(price.unit is PriceUnit.TOKEN for price in prices)
    return "Input and output prices" if is_token_priced else None
