"""The prices of a model in one line, for previews, tables and cards."""

from collections.abc import Sequence
from decimal import Decimal

from handler.domain.pricing.format import format_price
from handler.domain.pricing.types import Price, PriceUnit, Pricing, PricingKind

OUTPUT_DIMENSIONS = frozenset({"completion", "image_output", "image_token", "audio_output"})

_MEDIA_OUTPUTS = {"image": ("image_output", "image_token"), "audio": ("audio_output",)}


def blend(input_price: Decimal, output_price: Decimal) -> Decimal:
    """Return the field's blended price: three input tokens for each output token."""
    return (3 * input_price + output_price) / 4


def headline(pricing: Pricing, output_modalities: Sequence[str]) -> str | None:
    """Return a summary such as "$1/M in, $3/M out", None where no price is published.

    It begins with "from" where a tier raises the price of the same tokens, ends in "by the hour"
    where the hour decides, and names a fee per request.
    """
    fixed = {
        PricingKind.FREE: "Free",
        PricingKind.VARIABLE: "Variable price",
        PricingKind.SET_BY_PROVIDER: "Price set by the provider",
        PricingKind.UNPUBLISHED: None,
    }
    if pricing.kind in fixed:
        return fixed[pricing.kind]
    parts = list(map(_headline_part, headline_prices(pricing, output_modalities)))
    if fee := request_fee(pricing):
        parts.append(
            f"+ {format_price(fee)}" if fee.amount is not None else "+ a variable fee per request"
        )
    words = ["from"] if parts and has_surcharge_tier(pricing) else []
    words += [", ".join(parts)]
    words += ["by the hour"] if parts and is_priced_by_hour(pricing) else []
    return " ".join(words) or None


def headline_prices(pricing: Pricing, output_modalities: Sequence[str]) -> list[Price]:
    """Return the prices of a headline: input, output, and other media that the model makes.

    A model that has none of them has all of its prices there, except a fee per request.
    """
    prompt, completion = pricing.price("prompt"), pricing.price("completion")
    media = _media_prices(pricing, output_modalities)
    prices = [prompt] if prompt else []
    if completion and (not media or "text" in output_modalities):
        prices.append(completion)
    others = [price for price in pricing.prices if price.dimension != "request"]
    return prices + media or others or list(pricing.prices)


def request_fee(pricing: Pricing) -> Price | None:
    """Return the fee that each request costs besides tokens, None where there is none."""
    fee = pricing.price("request")
    return fee if len(pricing.prices) > 1 else None


def search_fee(pricing: Pricing) -> Price | None:
    """Return the fee of a web search, None where there is none, or it is part of the headline."""
    fee = pricing.price("web_search")
    return fee if len(pricing.prices) > 1 else None


def is_priced_by_hour(pricing: Pricing) -> bool:
    """Return whether the price of some tokens depends on the hour or the weekday."""
    return any(condition.window for tier in pricing.tiers for condition in tier.conditions)


def has_surcharge_tier(pricing: Pricing) -> bool:
    """Return whether a tier raises the price of tokens in or out, or makes it variable."""
    base = {price.dimension: price.amount for price in pricing.prices}
    return any(
        price.amount is None or price.amount > (base.get(price.dimension, price.amount) or 0)
        for tier in pricing.tiers
        for price in tier.prices
        if price.dimension in ("prompt", "completion")
    )


def _headline_part(price: Price) -> str:
    if price.unit is PriceUnit.UNSTATED:
        return "Billed by length of audio"
    text = format_price(price)
    if price.dimension == "prompt" and price.unit is PriceUnit.TOKEN:
        return f"{text} in"
    if price.dimension in OUTPUT_DIMENSIONS:
        return f"{text} out"
    # Other prices per token would read as that of every token.
    return f"{text} {price.label.lower()}" if price.unit is PriceUnit.TOKEN else text


def _media_prices(pricing: Pricing, output_modalities: Sequence[str]) -> list[Price]:
    """Return the price of each medium but text that a model makes."""
    media = [names for modality, names in _MEDIA_OUTPUTS.items() if modality in output_modalities]
    prices = [next(filter(None, map(pricing.price, names)), None) for names in media]
    return [price for price in prices if price]
