"""A model's prices with their units, built from upstream's `pricing` object."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from handler.domain.pricing.schedule import parse_schedule
from handler.domain.pricing.types import (
    DIMENSION_LABELS,
    MILLION,
    Condition,
    Override,
    Price,
    PriceUnit,
    Pricing,
    PricingKind,
    Tier,
)
from handler.domain.pricing.units import price_unit, unit_when_zero

_TOKEN_UNITS = frozenset({PriceUnit.TOKEN, PriceUnit.IMAGE_TOKEN, PriceUnit.AUDIO_TOKEN})
_NON_TOKEN_UNITS = frozenset({PriceUnit.CHARACTER, PriceUnit.UNSTATED})
_GENERATION = ("prompt", "completion", "image_token", "image_output", "audio_output", "request")


def parse_pricing(
    listed: Mapping[str, Any] | None, model_id: str, output_modalities: Sequence[str]
) -> Pricing:
    """Return the pricing of an upstream record's `pricing` object.

    A negative amount means variable (routers). Zero for both directions means free only for
    `:free` ids, OpenRouter's own free router and plain text models. Models that make images,
    video or sound, or that rank, are then billed in ways that the list does not show.
    Raises InvalidRecord where an amount or an override cannot be read, whatever the kind:
    histories compare them all.
    """
    schedule = parse_schedule(listed)
    amounts = schedule.amounts
    prices = _build_prices(amounts, output_modalities)
    if not amounts:
        return Pricing(PricingKind.UNPUBLISHED, (), (), schedule)
    if any(amounts.get(dimension, Decimal(0)) < 0 for dimension in ("prompt", "completion")):
        return Pricing(PricingKind.VARIABLE, (), (), schedule)
    if not any(map(amounts.get, _GENERATION)):
        has_free_id = model_id.endswith(":free") or model_id == "openrouter/free"
        is_free = has_free_id or set(output_modalities) <= {"text"}
        kind = PricingKind.FREE if is_free else PricingKind.SET_BY_PROVIDER
        return Pricing(kind, prices, (), schedule)
    tiers = _build_tiers(schedule.overrides, prices, output_modalities)
    return Pricing(PricingKind.PRICED, prices, tiers, schedule)


def per_million_tokens(pricing: Pricing) -> dict[str, int | float | None]:
    """Return the derived field `PPM`: US dollars per million tokens by dimension.

    It has the dimensions that are usually billed per token, with None where the price is variable
    or for another unit.
    """
    amounts = pricing.schedule.amounts
    units = {price.dimension: price.unit for price in pricing.prices}
    by_token = (
        pricing.kind in (PricingKind.PRICED, PricingKind.FREE)
        and units.get("prompt") not in _NON_TOKEN_UNITS
    )
    return {
        dimension: _json_number(amount * MILLION) if by_token else None
        for dimension, amount in amounts.items()
        if units.get(dimension, unit_when_zero(dimension)) in _TOKEN_UNITS or dimension == "prompt"
    }


def _build_prices(
    amounts: Mapping[str, Decimal], output_modalities: Sequence[str]
) -> tuple[Price, ...]:
    return tuple(
        Price(name, DIMENSION_LABELS[name], amount, price_unit(name, amounts, output_modalities))
        for name, amount in amounts.items()
        if amount > 0 and not _is_duplicate(name, amounts)
    )


def _is_duplicate(dimension: str, amounts: Mapping[str, Decimal]) -> bool:
    """Upstream repeats the price of an image output token as that of an image token."""
    return dimension == "image_token" and amounts[dimension] == amounts.get("image_output")


def _build_tiers(
    overrides: Iterable[Override], base_prices: Iterable[Price], output_modalities: Sequence[str]
) -> tuple[Tier, ...]:
    """Return the overrides that differ from the base prices, those with equal prices merged."""
    base = {price.dimension: price.amount for price in base_prices}
    conditions: dict[tuple[Price, ...], list[Condition]] = {}
    for condition, amounts in _inherit_amounts(overrides, base):
        changed = {name: amount for name, amount in amounts.items() if amount != base.get(name)}
        prices = _build_prices({**base, **changed}, output_modalities)
        differing = tuple(price for price in prices if price.dimension in changed)
        if differing:
            conditions.setdefault(differing, []).append(condition)
    return tuple(Tier(tuple(merged), prices) for prices, merged in conditions.items())


def _inherit_amounts(
    overrides: Iterable[Override], base: Mapping[str, Decimal]
) -> Iterator[tuple[Condition, Mapping[str, Decimal]]]:
    """Yield each condition with all amounts: a threshold inherits those of the ones before it."""
    inherited = base
    for condition, own in overrides:
        if condition.prompt_over is None:
            yield condition, {**base, **own}
        else:
            inherited = {**inherited, **own}
            yield condition, inherited


def _json_number(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)
