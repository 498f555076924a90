"""Upstream's pricing, decimal strings, read as prices with a unit."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, TypeGuard

from handler.domain.errors import InvalidRecord
from handler.domain.pricing.types import (
    DIMENSION_LABELS,
    DIMENSIONS,
    MILLION,
    Price,
    PriceUnit,
    Pricing,
    PricingKind,
    Tier,
)

# No real price comes near either bound; a number past them is a mistake that must not be shown.
_MAX_AMOUNT = Decimal(100_000)
_SMALLEST_STEP = -40
_MAX_AMOUNT_CHARACTERS = 64
_MAX_OVERRIDES = 50
_MAX_TOKENS = 10**12
_MAX_HHMM = 2_400

_FIXED_UNITS = {
    "image_token": PriceUnit.IMAGE_TOKEN,
    "audio": PriceUnit.AUDIO_TOKEN,
    "input_audio_cache": PriceUnit.AUDIO_TOKEN,
    "audio_output": PriceUnit.AUDIO_TOKEN,
    "request": PriceUnit.REQUEST,
    "web_search": PriceUnit.SEARCH,
}
_TOKEN_UNITS = frozenset({PriceUnit.TOKEN, PriceUnit.IMAGE_TOKEN, PriceUnit.AUDIO_TOKEN})
_ODD_UNITS = frozenset({PriceUnit.CHARACTER, PriceUnit.UNSTATED})
_GENERATION = ("prompt", "completion", "image_token", "image_output", "audio_output", "request")

# OpenRouter documents `image` and `image_output` as dollars per image, but lists dollars per image
# token for most models. In all stored responses of 2025-06 to 2026-08 `image` is at most 0.000002
# (equal to the same model's token price) or at least 0.0000256 (a known price of one picture), and
# `image_output` is at most 0.00012, the vendors' own price of one image token.
_MAX_TOKEN_AMOUNT = {"image": Decimal("0.00001"), "image_output": Decimal("0.001")}


def parse_pricing(
    listed: Mapping[str, Any] | None, model_id: str, output_modalities: Sequence[str]
) -> Pricing:
    """Return the pricing of one upstream record.

    Negative means variable (routers). Zero for both directions is free only for `:free` ids,
    for OpenRouter's own free router and for plain text models; whatever makes pictures, video,
    sound or ranks is then billed in ways the list does not show.
    Raises InvalidRecord where an amount is no decimal number or past any real price, also in tiers
    that no kind but PRICED shows: the history compares them all.
    """
    amounts = parse_amounts(listed or {})
    prices = _prices(amounts, output_modalities)
    tiers = _tiers(listed or {}, prices, output_modalities)
    if not amounts:
        return Pricing(PricingKind.UNPUBLISHED)
    if any(amounts.get(mode, Decimal(0)) < 0 for mode in ("prompt", "completion")):
        return Pricing(PricingKind.VARIABLE)
    if not any(amounts.get(mode) for mode in _GENERATION):
        free = _is_free(model_id, output_modalities)
        return Pricing(PricingKind.FREE if free else PricingKind.SET_BY_PROVIDER, prices)
    return Pricing(PricingKind.PRICED, prices, tiers)


def parse_amounts(listed: Mapping[str, Any]) -> dict[str, Decimal]:
    """Return the amount of each mode that is listed, in the order of MODES.

    Raises InvalidRecord where one is no decimal number or past any real price.
    """
    return {
        mode: _amount(mode, listed[mode]) for mode in DIMENSIONS if listed.get(mode) is not None
    }


def per_million_tokens(pricing: Pricing, listed: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the derived field `PPM`: US dollars per million tokens for each per-token mode listed.

    None where the price is variable, or is not for tokens although its mode usually is.
    """
    amounts = parse_amounts(listed or {})
    units = {price.dimension: price.unit for price in pricing.prices}
    by_token = (
        pricing.kind in (PricingKind.PRICED, PricingKind.FREE)
        and units.get("prompt") not in _ODD_UNITS
    )
    return {
        mode: _json_number(amount * MILLION) if by_token else None
        for mode, amount in amounts.items()
        if units.get(mode, _unit_when_zero(mode)) in _TOKEN_UNITS or mode == "prompt"
    }


def _amount(mode: str, value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise InvalidRecord(f"pricing.{mode} is {type(value).__name__}, not a decimal string")
    text = str(value)
    try:
        amount = Decimal(text) if len(text) <= _MAX_AMOUNT_CHARACTERS else Decimal("NaN")
    except InvalidOperation:
        amount = Decimal("NaN")
    # abs() rounds, which overflows for an exponent past the context's.
    size = amount.copy_abs() if amount.is_finite() else _MAX_AMOUNT + 1
    if size > _MAX_AMOUNT or _step(amount) < _SMALLEST_STEP:
        raise InvalidRecord(f"pricing.{mode} is {text[:40]!r}, which is no price")
    return amount


def _step(amount: Decimal) -> int:
    exponent = amount.as_tuple().exponent
    return exponent if isinstance(exponent, int) else _SMALLEST_STEP - 1


def _is_free(model_id: str, output_modalities: Sequence[str]) -> bool:
    named_free = model_id.endswith(":free") or model_id == "openrouter/free"
    return named_free or set(output_modalities) <= {"text"}


def _prices(amounts: Mapping[str, Decimal], output_modalities: Sequence[str]) -> tuple[Price, ...]:
    return tuple(
        Price(mode, DIMENSION_LABELS[mode], amount, _unit(mode, amounts, output_modalities))
        for mode, amount in amounts.items()
        if amount > 0 and not _is_duplicate(mode, amounts)
    )


def _is_duplicate(mode: str, amounts: Mapping[str, Decimal]) -> bool:
    """Upstream repeats the price of an image output token as that of an image token."""
    return mode == "image_token" and amounts[mode] == amounts.get("image_output")


def _unit(mode: str, amounts: Mapping[str, Decimal], output_modalities: Sequence[str]) -> PriceUnit:
    if mode in _FIXED_UNITS:
        return _FIXED_UNITS[mode]
    if mode in _MAX_TOKEN_AMOUNT:
        return _image_unit(mode, amounts[mode])
    if mode == "prompt" and not amounts.get("completion"):
        return _one_way_unit(output_modalities)
    return PriceUnit.TOKEN


def _unit_when_zero(mode: str) -> PriceUnit:
    return PriceUnit.IMAGE if mode in _MAX_TOKEN_AMOUNT else _FIXED_UNITS.get(mode, PriceUnit.TOKEN)


def _image_unit(mode: str, amount: Decimal) -> PriceUnit:
    return PriceUnit.IMAGE_TOKEN if amount < _MAX_TOKEN_AMOUNT[mode] else PriceUnit.IMAGE


def _one_way_unit(output_modalities: Sequence[str]) -> PriceUnit:
    """Return the unit of an input price that stands alone.

    Speech models without an output price list dollars per character (their vendors' own price
    lists agree); transcription models list dollars per second, minute or hour, and do not say
    which.
    """
    if "speech" in output_modalities:
        return PriceUnit.CHARACTER
    return PriceUnit.UNSTATED if "transcription" in output_modalities else PriceUnit.TOKEN


def _tiers(
    listed: Mapping[str, Any], base: Iterable[Price], output_modalities: Sequence[str]
) -> tuple[Tier, ...]:
    """Return the tiers that differ from the base prices.

    Source: OpenRouter's `pricing.overrides`: a list whose entries apply above `min_prompt_tokens`
    (strictly) or between `utc_start` and `utc_end` (HHMM, half-open, may wrap midnight); later
    entries win key by key, missing keys inherit.
    """
    overrides = listed.get("overrides") or []
    if not isinstance(overrides, list) or not all(isinstance(o, dict) for o in overrides):
        raise InvalidRecord("pricing.overrides is not a list of objects")
    if len(overrides) > _MAX_OVERRIDES:
        raise InvalidRecord(f"pricing.overrides has {len(overrides)} entries")
    base_amounts = {price.dimension: price.amount for price in base}
    inherited = dict(base_amounts)
    conditions: dict[tuple[Price, ...], list[str]] = {}
    for override in overrides:
        condition, own = _condition(override), parse_amounts(override)
        amounts = {**(inherited if "min_prompt_tokens" in override else base_amounts), **own}
        if "min_prompt_tokens" in override:
            inherited = amounts
        changed = {m: a for m, a in amounts.items() if a != base_amounts.get(m)}
        prices = _prices({**base_amounts, **changed}, output_modalities)
        differing = tuple(price for price in prices if price.dimension in changed)
        if differing:
            conditions.setdefault(differing, []).append(condition)
    return tuple(Tier(" and ".join(names), prices) for prices, names in conditions.items())


def _condition(override: Mapping[str, Any]) -> str:
    threshold = override.get("min_prompt_tokens")
    if _is_within(threshold, _MAX_TOKENS):
        return f"over {threshold:,} prompt tokens"
    start, end = override.get("utc_start"), override.get("utc_end")
    if _is_within(start, _MAX_HHMM) and _is_within(end, _MAX_HHMM):
        return f"{_clock(start)} to {_clock(end)} UTC"
    raise InvalidRecord("pricing.overrides has an entry without a condition that we know")


def _is_within(value: object, highest: int) -> TypeGuard[int]:
    return isinstance(value, int) and 0 <= value <= highest


def _clock(hhmm: int) -> str:
    return f"{hhmm // 100:02d}:{hhmm % 100:02d}"


def _json_number(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)
