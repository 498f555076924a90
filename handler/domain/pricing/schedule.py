"""OpenRouter's `pricing` object, parsed as decimals and conditions.

Source of `overrides`: OpenRouter's API description. It is a list whose entries apply above
`min_prompt_tokens` (strictly), or between `utc_start` and `utc_end` (HHMM, half-open, may wrap
midnight) on `utc_days` (weekdays in lower case; every day where they are absent; the whole day
where the hours are). Upstream does not say to which day a window past midnight belongs: here, to
the day on which it starts. An entry that cannot be read costs that entry alone.
"""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from handler.domain.errors import InvalidRecord
from handler.domain.pricing.types import DIMENSIONS, Condition, Override, PriceSchedule, Window
from handler.domain.pricing.week import MINUTES_PER_DAY, prompt_thresholds, week_spans

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

# No real price comes near these bounds. A number past them is a mistake that must not be shown.
_MAX_AMOUNT = Decimal(100_000)
_MIN_EXPONENT = -40
_MAX_AMOUNT_CHARACTERS = 64
_MAX_OVERRIDES = 50
_MAX_TOKENS = 10**12
# Spans of the week times numbers of tokens. Real schedules have 35 at most.
_MAX_STATES = 600
_CONDITIONS = frozenset({"min_prompt_tokens", "utc_start", "utc_end", "utc_days"})


def parse_schedule(listed: Mapping[str, Any] | None) -> PriceSchedule:
    """Return the amounts and overrides of upstream's `pricing` object, as listed.

    An empty amount is not published. Raises InvalidRecord where a base amount is not a decimal
    number or exceeds any real price. Overrides that cannot be read are counted.
    """
    listed = listed or {}
    amounts = _parse_amounts(listed)
    entries = listed.get("overrides") or []
    if not isinstance(entries, list) or len(entries) > _MAX_OVERRIDES:
        return PriceSchedule(amounts, (), unreadable=1)
    overrides = list(map(_parse_override, entries))
    readable = tuple(override for override in overrides if override)
    schedule = PriceSchedule(amounts, readable, len(overrides) - len(readable))
    if len(week_spans(schedule)) * (len(prompt_thresholds(schedule)) + 1) > _MAX_STATES:
        return PriceSchedule(amounts, (), unreadable=len(overrides))
    return schedule


def _parse_amounts(listed: Mapping[str, Any]) -> dict[str, Decimal]:
    return {
        dimension: _parse_amount(dimension, listed[dimension])
        for dimension in DIMENSIONS
        if not _is_unpublished(listed.get(dimension))
    }


def _is_unpublished(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _parse_amount(dimension: str, value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise InvalidRecord(f"pricing.{dimension} is {type(value).__name__}, not a decimal string")
    text = str(value)
    try:
        amount = Decimal(text) if len(text) <= _MAX_AMOUNT_CHARACTERS else Decimal("NaN")
    except InvalidOperation:
        amount = Decimal("NaN")
    # abs() rounds, which overflows for an exponent past the context's.
    is_real = amount.is_finite() and amount.copy_abs() <= _MAX_AMOUNT
    if not is_real or _exponent(amount) < _MIN_EXPONENT:
        raise InvalidRecord(f"pricing.{dimension} is {text[:40]!r}, which is no price")
    return amount


def _exponent(amount: Decimal) -> int:
    exponent = amount.as_tuple().exponent
    return exponent if isinstance(exponent, int) else _MIN_EXPONENT - 1


def _parse_override(entry: Any) -> Override | None:
    """Return an override, None where its condition or an amount cannot be read."""
    if not isinstance(entry, dict) or any(map(_is_condition, entry.items())):
        return None
    try:
        condition = Condition(_parse_threshold(entry), _parse_window(entry))
        amounts = _parse_amounts(entry)
    except InvalidRecord:
        return None
    return None if condition == Condition() else Override(condition, amounts)


def _is_condition(item: tuple[str, Any]) -> bool:
    """Return whether a field may be a condition that this code does not know.

    A string may as well be the price of an unknown dimension, and a null says nothing.
    """
    name, value = item
    return name not in _CONDITIONS and name not in DIMENSIONS and not _may_be_price(value)


def _may_be_price(value: object) -> bool:
    if not isinstance(value, str):
        return value is None
    try:
        return Decimal(value[:_MAX_AMOUNT_CHARACTERS]).is_finite()
    except InvalidOperation:
        return False


def _parse_threshold(entry: Mapping[str, Any]) -> int | None:
    value = entry.get("min_prompt_tokens")
    if value is None:
        return None
    return _parse_whole_number(value, _MAX_TOKENS)


def _parse_window(entry: Mapping[str, Any]) -> Window | None:
    start, end, days = (entry.get(name) for name in ("utc_start", "utc_end", "utc_days"))
    if start is None and end is None:
        return None if days is None else Window(0, MINUTES_PER_DAY, _parse_days(days))
    window = Window(_parse_clock(start) % MINUTES_PER_DAY, _parse_clock(end))
    return window if days is None else window._replace(days=_parse_days(days))


def _parse_days(listed: Any) -> tuple[int, ...]:
    if not isinstance(listed, list) or not listed or not all(day in WEEKDAYS for day in listed):
        raise InvalidRecord("utc_days is no list of weekdays")
    return tuple(sorted({WEEKDAYS.index(day) for day in listed}))


def _parse_clock(hhmm: object) -> int:
    """Return the minutes since midnight of a time such as 600, which is 06:00."""
    hours, minutes = divmod(_parse_whole_number(hhmm, 2_400), 100)
    if minutes >= 60:
        raise InvalidRecord("no time of day")
    return hours * 60 + minutes


def _parse_whole_number(value: object, maximum: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= maximum:
        raise InvalidRecord(f"no whole number up to {maximum}")
    return value
