"""Prices as text, for previews and pages."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from handler.domain.pricing.conditions import format_conditions
from handler.domain.pricing.types import Price, Tier
from handler.domain.text import truncate

_MAX_TIERS_CHARACTERS = 240
_NO_CHANGE = "±0%"


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


def format_amount(price: Price) -> str:
    """Return US dollars for the quantity in which a unit is displayed: "$3", "variable"."""
    return "variable" if price.display_amount is None else format_usd(price.display_amount)


def format_price(price: Price) -> str:
    """Return a price with its unit in short: "$3/M", "$0.01/search", "variable"."""
    return format_amount(price) + (price.unit.suffix if price.amount is not None else "")


def format_percent_change(factor: Decimal) -> str:
    """Return "−32%" for 0.68, "+150%" for 2.5, "±0%" for less than half a percent."""
    percent = int(((factor - 1) * 100).to_integral_value(ROUND_HALF_UP))
    if percent < 0:
        return f"−{min(-percent, 99)}%"  # 100% less would be free
    return f"+{percent:,}%" if percent else _NO_CHANGE


def format_price_difference(before: Price | None, after: Price | None) -> str:
    """Return "−33%", "+150%" or "" where two prices do not compare: one varies or has no amount."""
    if not (before and after and before.amount and after.amount and before.unit is after.unit):
        return ""
    percent = format_percent_change(after.amount / before.amount)
    return "" if percent == _NO_CHANGE else percent


def format_tiers(tiers: Sequence[Tier]) -> str | None:
    """Return "over 200,000 prompt tokens: Input $2.50/M", truncated; None for no tiers."""
    text = "; ".join(map(_format_tier, tiers))
    return truncate(text, _MAX_TIERS_CHARACTERS, _MAX_TIERS_CHARACTERS) or None


def _format_tier(tier: Tier) -> str:
    prices = ", ".join(f"{price.label} {format_price(price)}" for price in tier.prices)
    return f"{format_conditions(tier.conditions)}: {prices}"


def _round(amount: Decimal, digits: int) -> Decimal:
    places = max(2, digits - 1 - amount.adjusted())
    return amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
