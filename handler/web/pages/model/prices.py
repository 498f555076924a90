"""The table of what a model costs, in every mode and tier."""

from typing import NamedTuple

from handler.domain.pricing.types import DIMENSION_LABELS, DIMENSIONS, Price, Pricing, PricingKind

# What a page says where there are no prices to show.
PRICE_NOTES = {
    PricingKind.FREE: "Free while it is offered so: OpenRouter lists it at no charge per token.",
    PricingKind.VARIABLE: "Variable: this is a router, and each request costs what the model that "
    "answers it costs.",
    PricingKind.SET_BY_PROVIDER: "Billed by the provider in units that OpenRouter’s list does not show; the "
    "zeros in its raw record do not mean free.",
    PricingKind.UNPUBLISHED: "OpenRouter’s list publishes no price for this model.",
}


class PriceRow(NamedTuple):
    """What one mode costs: first the base price, None if it has none, then the one in each tier."""

    label: str
    unit: str
    prices: tuple[Price | None, ...]


def price_rows(pricing: Pricing) -> list[PriceRow]:
    """Return a row for each mode. A tier that says nothing of a mode leaves its base price."""
    columns = [pricing.prices, *(tier.prices for tier in pricing.tiers)]
    modes = {price.dimension: price for prices in reversed(columns) for price in prices}
    return [
        PriceRow(
            modes[mode].label,
            modes[mode].unit.phrase,
            tuple(_in_column(mode, prices) or pricing.price(mode) for prices in columns),
        )
        for mode in DIMENSIONS
        if mode in modes
    ]


def zero_priced_dimensions(pricing: Pricing) -> list[str]:
    """Return the labels of dimensions that a priced model lists at zero, in lower case."""
    if pricing.kind is not PricingKind.PRICED:
        return []
    amounts = pricing.schedule.amounts
    return [DIMENSION_LABELS[name].lower() for name, amount in amounts.items() if not amount]


def _in_column(mode: str, prices: tuple[Price, ...]) -> Price | None:
    return next((price for price in prices if price.dimension == mode), None)
