"""OpenRouter's `pricing` object: parsed as decimals and conditions, and written in one form.

Source of `overrides`: OpenRouter's API description. It is a list whose entries apply above
`min_prompt_tokens` (strictly) or between `utc_start` and `utc_end` (HHMM, half-open, may wrap
midnight).
"""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, TypeGuard

from handler.domain.errors import InvalidRecord
from handler.domain.pricing.format import format_decimal
from handler.domain.pricing.types import DIMENSIONS, Condition, Override, PriceSchedule, Window

# No real price comes near these bounds. A number past them is a mistake that must not be shown.
_MAX_AMOUNT = Decimal(100_000)
_MIN_EXPONENT = -40
_MAX_AMOUNT_CHARACTERS = 64
_MAX_OVERRIDES = 50
_MAX_TOKENS = 10**12
_MAX_HHMM = 2_400
# A zero of these dimensions means something. For any other it is the same as no price: upstream
# listed every dimension until 2025, and lists only those that cost something since.
_MEANINGFUL_ZEROS = frozenset({"prompt", "completion"})


def parse_schedule(listed: Mapping[str, Any] | None) -> PriceSchedule:
    """Return the amounts and overrides of upstream's `pricing` object.

    Raises InvalidRecord where an amount is not a decimal number or exceeds any real price, and
    where an override has no known condition.
    """
    listed = listed or {}
    return PriceSchedule(_parse_amounts(listed), _parse_overrides(listed.get("overrides") or []))


def normalize_pricing(schedule: PriceSchedule) -> dict[str, Any]:
    """Return a schedule as the `pricing` object of histories: equal prices have equal digits."""
    amounts = {
        dimension: _format_digits(amount)
        for dimension, amount in schedule.amounts.items()
        if amount or dimension in _MEANINGFUL_ZEROS
    }
    overrides = [_override_to_json(override) for override in schedule.overrides]
    return {**amounts, "overrides": overrides} if overrides else amounts


def _override_to_json(override: Override) -> dict[str, Any]:
    prompt_over, window = override.condition
    threshold = {} if prompt_over is None else {"min_prompt_tokens": prompt_over}
    hours = {"utc_start": window.start, "utc_end": window.end} if window else {}
    amounts = {name: _format_digits(amount) for name, amount in override.amounts.items()}
    return {**threshold, **hours, **amounts}


def _format_digits(amount: Decimal) -> str:
    return format_decimal(amount.normalize())


def _parse_amounts(listed: Mapping[str, Any]) -> dict[str, Decimal]:
    return {
        dimension: _parse_amount(dimension, listed[dimension])
        for dimension in DIMENSIONS
        if listed.get(dimension) is not None
    }


def _parse_amount(dimension: str, value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise InvalidRecord(f"pricing.{dimension} is {type(value).__name__}, not a decimal string")
    text = str(value)
    try:
        amount = Decimal(text) if len(text) <= _MAX_AMOUNT_CHARACTERS else Decimal("NaN")
    except InvalidOperation:
        amount = Decimal("NaN")
    # abs() rounds, which overflows for an exponent past the context's.
    size = amount.copy_abs() if amount.is_finite() else _MAX_AMOUNT + 1
    if size > _MAX_AMOUNT or _exponent(amount) < _MIN_EXPONENT:
        raise InvalidRecord(f"pricing.{dimension} is {text[:40]!r}, which is no price")
    return amount


def _exponent(amount: Decimal) -> int:
    exponent = amount.as_tuple().exponent
    return exponent if isinstance(exponent, int) else _MIN_EXPONENT - 1


def _parse_overrides(listed: Any) -> tuple[Override, ...]:
    if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
        raise InvalidRecord("pricing.overrides is not a list of objects")
    if len(listed) > _MAX_OVERRIDES:
        raise InvalidRecord(f"pricing.overrides has {len(listed)} entries")
    return tuple(Override(_parse_condition(entry), _parse_amounts(entry)) for entry in listed)


def _parse_condition(entry: Mapping[str, Any]) -> Condition:
    threshold = entry.get("min_prompt_tokens")
    start, end = entry.get("utc_start"), entry.get("utc_end")
    window = None
    if _is_within(start, _MAX_HHMM) and _is_within(end, _MAX_HHMM):
        window = Window(start, end)
    condition = Condition(threshold if _is_within(threshold, _MAX_TOKENS) else None, window)
    if condition == Condition():
        raise InvalidRecord("pricing.overrides has an entry without a condition that we know")
    return condition


def _is_within(value: object, maximum: int) -> TypeGuard[int]:
    return isinstance(value, int) and 0 <= value <= maximum
