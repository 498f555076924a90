"""A model's prices with their units, built from upstream's `pricing` object."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from handler.domain.pricing.normal_form import normal_form
from handler.domain.pricing.schedule import parse_schedule
from handler.domain.pricing.types import (
    DIMENSION_LABELS,
    DIMENSIONS,
    MILLION,
    Condition,
    Price,
    PriceSchedule,
    PriceUnit,
    Pricing,
    PricingKind,
    Tier,
)
from handler.domain.pricing.units import price_unit, unit_when_zero
from handler.domain.pricing.week import MEANINGFUL_ZEROS

_TOKEN_UNITS = frozenset({PriceUnit.TOKEN, PriceUnit.IMAGE_TOKEN, PriceUnit.AUDIO_TOKEN})
_NON_TOKEN_UNITS = frozenset({PriceUnit.CHARACTER, PriceUnit.UNSTATED})
_GENERATION = ("prompt", "completion", "image_token", "image_output", "audio_output", "request")


def parse_pricing(
    listed: Mapping[str, Any] | None, model_id: str, output_modalities: Sequence[str]
) -> Pricing:
    """Return the pricing of an upstream record's `pricing` object.

    A negative amount means variable (routers). A model is free only if it bills nothing, in any
    dimension and tier, and only for `:free` ids, OpenRouter's own free router and plain text
    models. Models that make images, video or sound, or that rank, are then billed in ways that the
    list does not show.
    Raises InvalidRecord where a base amount cannot be read.
    """
    schedule = normal_form(parse_schedule(listed))
    kind = _pricing_kind(schedule, model_id, output_modalities)
    if kind in (PricingKind.UNPUBLISHED, PricingKind.VARIABLE):
        return Pricing(kind, (), (), schedule)
    changed = {name for override in schedule.overrides for name in override.amounts}
    zeros = MEANINGFUL_ZEROS if schedule.unreadable else MEANINGFUL_ZEROS & changed
    prices = _build_prices(schedule.amounts, output_modalities, zeros)
    return Pricing(kind, prices, _build_tiers(schedule, output_modalities), schedule)


def per_million_tokens(pricing: Pricing) -> dict[str, int | float | None]:
    """Return the derived field `PPM`: US dollars per million tokens by dimension.

    It has the dimensions that are usually billed per token, with None where the price is variable
    or for another unit. Prices by the hour are those of the cheapest hour.
    """
    amounts = pricing.schedule.amounts
    units = {price.dimension: price.unit for price in pricing.prices}
    by_token = (
        pricing.kind in (PricingKind.PRICED, PricingKind.FREE)
        and units.get("prompt") not in _NON_TOKEN_UNITS
    )
    return {
        dimension: _json_number(amount * MILLION) if by_token and amount >= 0 else None
        for dimension, amount in amounts.items()
        if units.get(dimension, unit_when_zero(dimension)) in _TOKEN_UNITS or dimension == "prompt"
    }


def _pricing_kind(
    schedule: PriceSchedule, model_id: str, output_modalities: Sequence[str]
) -> PricingKind:
    amounts, overrides, unreadable = schedule
    if not amounts and not overrides:
        return PricingKind.UNPUBLISHED
    if any(amounts.get(dimension, Decimal(0)) < 0 for dimension in ("prompt", "completion")):
        return PricingKind.VARIABLE
    if any(map(amounts.get, _GENERATION)) or overrides or unreadable:
        return PricingKind.PRICED
    has_free_id = model_id.endswith(":free") or model_id == "openrouter/free"
    if not has_free_id and set(output_modalities) - {"text"}:
        return PricingKind.SET_BY_PROVIDER
    return PricingKind.PRICED if any(amounts.values()) else PricingKind.FREE


def _build_prices(
    amounts: Mapping[str, Decimal], output_modalities: Sequence[str], zeros: Collection[str] = ()
) -> tuple[Price, ...]:
    """Return the prices of amounts. Those of zero are left out, except for some dimensions."""
    return tuple(
        Price(
            name,
            DIMENSION_LABELS[name],
            amounts[name] if amounts[name] >= 0 else None,
            price_unit(name, amounts, output_modalities),
        )
        for name in DIMENSIONS
        if name in amounts and (amounts[name] or name in zeros) and not _is_repeat(name, amounts)
    )


def _is_repeat(dimension: str, amounts: Mapping[str, Decimal]) -> bool:
    """Upstream repeats the price of an image output token as that of an image token."""
    return dimension == "image_token" and amounts[dimension] == amounts.get("image_output")


def _build_tiers(schedule: PriceSchedule, output_modalities: Sequence[str]) -> tuple[Tier, ...]:
    """Return the prices of overrides that differ from the base, those with equal prices merged."""
    base = schedule.amounts
    conditions: dict[tuple[Price, ...], list[Condition]] = {}
    for condition, amounts in schedule.overrides:
        changed = {name for name, amount in amounts.items() if amount != base.get(name)}
        prices = _build_prices({**base, **amounts}, output_modalities, changed)
        differing = tuple(price for price in prices if price.dimension in changed)
        if differing:
            conditions.setdefault(differing, []).append(condition)
    return tuple(Tier(tuple(merged), prices) for prices, merged in conditions.items())


def _json_number(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)
