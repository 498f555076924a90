"""Prices in words, as previews and pages write them."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from handler.domain.prices import Kind, Price, Pricing, Unit

_MEDIA_OUTPUTS = {"image": ("image_output", "image_token"), "audio": ("audio_output",)}


def headline(pricing: Pricing, output_modalities: Sequence[str]) -> str | None:
    """Return the price in a few words, such as "$1/M in, $3/M out"; None where none is published.

    "from" stands before it where a tier asks more for the same tokens.
    """
    fixed = {
        Kind.FREE: "Free",
        Kind.VARIABLE: "Variable price",
        Kind.ELSEWHERE: "Price set by the provider",
        Kind.UNPUBLISHED: None,
    }
    if pricing.kind in fixed:
        return fixed[pricing.kind]
    words = ", ".join(_headline_parts(pricing, output_modalities))
    return f"from {words}" if _has_dearer_tier(pricing) else words


def usd(amount: Decimal) -> str:
    """Return US dollars as people read them: "$1", "$0.15", "$2.50", "$14.37", "$0.0000125".

    Exact where six significant digits are enough, else rounded to four; never less than cents.
    """
    exact = amount == _rounded(amount, 6)
    rounded = _rounded(amount, 6 if exact else 4)
    if rounded == rounded.to_integral_value():
        return f"${int(rounded):,}"
    whole, _, fraction = f"{rounded:,f}".partition(".")
    return f"${whole}.{fraction.rstrip('0').ljust(2, '0')}"


def exact(amount: Decimal) -> str:
    """Return every digit of an amount, without an exponent: "0.0000143712574850299"."""
    return f"{amount:f}"


def shown(price: Price) -> str:
    """Return a price with its unit in the short form: "$3/M", "$0.01/search"."""
    return usd(price.shown_amount) + price.unit.suffix


def _rounded(amount: Decimal, digits: int) -> Decimal:
    places = max(2, digits - 1 - amount.adjusted())
    return amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _headline_parts(pricing: Pricing, output_modalities: Sequence[str]) -> list[str]:
    prompt, completion = pricing.price("prompt"), pricing.price("completion")
    media = _media_parts(pricing, output_modalities)
    parts = [_input_part(prompt)] if prompt else []
    if completion and (not media or "text" in output_modalities):
        parts.append(f"{shown(completion)} out")
    return parts + media or [shown(price) for price in pricing.prices]


def _input_part(price: Price) -> str:
    if price.unit is Unit.UNSTATED:
        return "Billed by length of audio"
    return shown(price) + (" in" if price.unit is Unit.TOKEN else "")


def _media_parts(pricing: Pricing, output_modalities: Sequence[str]) -> list[str]:
    """Return the prices of what a model makes besides text."""
    made = [modes for modality, modes in _MEDIA_OUTPUTS.items() if modality in output_modalities]
    prices = [next(filter(None, map(pricing.price, modes)), None) for modes in made]
    return [f"{shown(price)} out" for price in prices if price]


def _has_dearer_tier(pricing: Pricing) -> bool:
    base = {price.mode: price.amount for price in pricing.prices}
    return any(
        price.amount > base.get(price.mode, price.amount)
        for tier in pricing.tiers
        for price in tier.prices
        if price.mode in ("prompt", "completion")
    )
