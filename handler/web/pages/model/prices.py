"""The table of a model's prices, by dimension and tier."""

from typing import NamedTuple

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


class PriceRow(NamedTuple):
    """A dimension with its base price, then its price in each tier. None means no price."""

    label: str
    unit: str
    prices: tuple[Price | None, ...]


def price_rows(pricing: Pricing) -> list[PriceRow]:
    """Return a row for each dimension. A tier without a price for one keeps its base price."""
    columns = [pricing.prices, *(tier.prices for tier in pricing.tiers)]
    samples = {price.dimension: price for prices in reversed(columns) for price in prices}
    return [
        PriceRow(
            samples[dimension].label,
            samples[dimension].unit.phrase,
            tuple(_find(dimension, prices) or pricing.price(dimension) for prices in columns),
        )
        for dimension in DIMENSIONS
        if dimension in samples
    ]


def zero_priced_dimensions(pricing: Pricing) -> list[str]:
    """Return the labels of dimensions that a priced model lists at zero, in lower case."""
    if pricing.kind is not PricingKind.PRICED:
        return []
    amounts = pricing.schedule.amounts
    return [DIMENSION_LABELS[name].lower() for name, amount in amounts.items() if not amount]


def _find(dimension: str, prices: tuple[Price, ...]) -> Price | None:
    return next((price for price in prices if price.dimension == dimension), None)
