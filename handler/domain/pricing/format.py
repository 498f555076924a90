"""Prices and their conditions as text, for previews and pages."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from handler.domain.pricing.types import Condition, Price, PriceUnit, Pricing, PricingKind, Tier
from handler.domain.text import truncate

_MEDIA_OUTPUTS = {"image": ("image_output", "image_token"), "audio": ("audio_output",)}
_MAX_TIERS_CHARACTERS = 240
_OUTPUT_DIMENSIONS = frozenset({"completion", "image_output", "image_token", "audio_output"})


def headline(pricing: Pricing, output_modalities: Sequence[str]) -> str | None:
    """Return a summary such as "$1/M in, $3/M out", None where no price is published.

    It begins with "from" where a tier raises the price of the same tokens.
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
    text = ", ".join(map(_headline_part, prices))
    return f"from {text}" if has_surcharge_tier(pricing) else text


def headline_prices(pricing: Pricing, output_modalities: Sequence[str]) -> list[Price]:
    """Return the prices of a headline: input, output, and other media that the model makes."""
    prompt, completion = pricing.price("prompt"), pricing.price("completion")
    media = _media_prices(pricing, output_modalities)
    prices = [prompt] if prompt else []
    if completion and (not media or "text" in output_modalities):
        prices.append(completion)
    return prices + media or list(pricing.prices)


def has_surcharge_tier(pricing: Pricing) -> bool:
    """Return whether a tier raises the price of tokens in or out."""
    base = {price.dimension: price.amount for price in pricing.prices}
    return any(
        price.amount > base.get(price.dimension, price.amount)
        for tier in pricing.tiers
        for price in tier.prices
        if price.dimension in ("prompt", "completion")
    )


def format_usd(amount: Decimal) -> str:
    """Return US dollars in short: "$1", "$0.15", "$2.50", "$14.37", "$0.0000125".

    The amount is exact where six significant digits suffice, else rounded to four. Cents are
    never rounded away.
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
    """Return a price with its unit in short: "$3/M", "$0.01/search"."""
    return format_usd(price.display_amount) + price.unit.suffix


def format_tiers(tiers: Sequence[Tier]) -> str | None:
    """Return "over 200,000 prompt tokens: Input $2.50/M", truncated; None for no tiers."""
    text = "; ".join(map(_format_tier, tiers))
    return truncate(text, _MAX_TIERS_CHARACTERS, _MAX_TIERS_CHARACTERS) or None


def format_conditions(conditions: Sequence[Condition]) -> str:
    """Return "over 200,000 prompt tokens", or "01:00 to 04:00 UTC and 06:00 to 10:00 UTC"."""
    return " and ".join(map(_format_condition, conditions))


def _format_condition(condition: Condition) -> str:
    prompt_over, window = condition
    # The threshold alone where a condition has both: upstream has never listed both.
    if window is None or prompt_over is not None:
        return f"over {prompt_over or 0:,} prompt tokens"
    return f"{_format_clock(window.start)} to {_format_clock(window.end)} UTC"


def _format_clock(hhmm: int) -> str:
    return f"{hhmm // 100:02d}:{hhmm % 100:02d}"


def _format_tier(tier: Tier) -> str:
    prices = ", ".join(f"{price.label} {format_price(price)}" for price in tier.prices)
    return f"{format_conditions(tier.conditions)}: {prices}"


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
    """Return the price of each medium but text that a model makes."""
    media = [names for modality, names in _MEDIA_OUTPUTS.items() if modality in output_modalities]
    prices = [next(filter(None, map(pricing.price, names)), None) for names in media]
    return [price for price in prices if price]
