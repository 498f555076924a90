"""Prices in words, as previews and pages write them."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from handler.domain.pricing.types import Price, PriceUnit, Pricing, PricingKind, Tier
from handler.domain.text import truncate

_MEDIA_OUTPUTS = {"image": ("image_output", "image_token"), "audio": ("audio_output",)}
_MAX_TIERS_CHARACTERS = 240
_OUTPUT_DIMENSIONS = frozenset({"completion", "image_output", "image_token", "audio_output"})


def headline(pricing: Pricing, output_modalities: Sequence[str]) -> str | None:
    """Return the price in a few words, such as "$1/M in, $3/M out"; None where none is published.

    "from" stands before it where a tier asks more for the same tokens.
    """
    fixed = {
        PricingKind.FREE: "Free",
        PricingKind.VARIABLE: "Variable price",
        PricingKind.SET_BY_PROVIDER: "Price set by the provider",
        PricingKind.UNPUBLISHED: None,
    }
    if pricing.kind in fixed:
        return fixed[pricing.kind]
    prices = headline_prices(pricing, output_modalities)
    words = ", ".join(map(_headline_part, prices))
    return f"from {words}" if has_surcharge_tier(pricing) else words


def headline_prices(pricing: Pricing, output_modalities: Sequence[str]) -> list[Price]:
    """Return the prices that a headline has room for: input, output, what else the model makes."""
    prompt, completion = pricing.price("prompt"), pricing.price("completion")
    media = _media_prices(pricing, output_modalities)
    prices = [prompt] if prompt else []
    if completion and (not media or "text" in output_modalities):
        prices.append(completion)
    return prices + media or list(pricing.prices)


def has_surcharge_tier(pricing: Pricing) -> bool:
    """Return whether a tier asks more for the same tokens."""
    base = {price.dimension: price.amount for price in pricing.prices}
    return any(
        price.amount > base.get(price.dimension, price.amount)
        for tier in pricing.tiers
        for price in tier.prices
        if price.dimension in ("prompt", "completion")
    )


def format_usd(amount: Decimal) -> str:
    """Return US dollars as people read them: "$1", "$0.15", "$2.50", "$14.37", "$0.0000125".

    Exact where six significant digits are enough, else rounded to four; never less than cents.
    """
    exact = amount == _round(amount, 6)
    rounded = _round(amount, 6 if exact else 4)
    if rounded == rounded.to_integral_value():
        return f"${int(rounded):,}"
    whole, _, fraction = f"{rounded:,f}".partition(".")
    return f"${whole}.{fraction.rstrip('0').ljust(2, '0')}"


def format_decimal(amount: Decimal) -> str:
    """Return every digit of an amount, without an exponent: "0.0000143712574850299"."""
    return f"{amount:f}"


def format_price(price: Price) -> str:
    """Return a price with its unit in the short form: "$3/M", "$0.01/search"."""
    return format_usd(price.display_amount) + price.unit.suffix


def format_tiers(tiers: Sequence[Tier]) -> str | None:
    """Return "over 200,000 prompt tokens: Input $2.50/M", cut where it is long; None of none."""
    words = "; ".join(map(_tier, tiers))
    return truncate(words, _MAX_TIERS_CHARACTERS, _MAX_TIERS_CHARACTERS) or None


def _tier(tier: Tier) -> str:
    return f"{tier.condition}: {', '.join(f'{p.label} {format_price(p)}' for p in tier.prices)}"


def _round(amount: Decimal, digits: int) -> Decimal:
    places = max(2, digits - 1 - amount.adjusted())
    return amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _headline_part(price: Price) -> str:
    if price.unit is PriceUnit.UNSTATED:
        return "Billed by length of audio"
    if price.dimension == "prompt" and price.unit is PriceUnit.TOKEN:
        return f"{format_price(price)} in"
    return format_price(price) + (" out" if price.dimension in _OUTPUT_DIMENSIONS else "")


def _media_prices(pricing: Pricing, output_modalities: Sequence[str]) -> list[Price]:
    """Return the prices of what a model makes besides text."""
    made = [modes for modality, modes in _MEDIA_OUTPUTS.items() if modality in output_modalities]
    prices = [next(filter(None, map(pricing.price, modes)), None) for modes in made]
    return [price for price in prices if price]
