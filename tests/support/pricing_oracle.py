"""What upstream's `pricing` object says of one minute, told by its rules alone.

It shares no code with the project. Minutes count from Monday 00:00 UTC, 10,080 in a week. Sources:
OpenRouter's API description for `overrides`; where it is silent (a window past midnight belongs to
the day on which it starts, an entry that cannot be read is left out) what other readers of it do.
"""

from collections.abc import Iterable, Mapping
from decimal import Context, Decimal
from functools import lru_cache
from itertools import compress
from typing import Any

MINUTES_OF_A_WEEK = 7 * 24 * 60
_TEN_DIGITS = Context(prec=10)
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_DIMENSIONS = (
    *("prompt", "completion", "internal_reasoning", "input_cache_read", "input_cache_write"),
    *("input_cache_write_1h", "image", "image_token", "image_output", "audio"),
    *("input_audio_cache", "audio_output", "request", "web_search"),
)
_CONDITIONS = ("min_prompt_tokens", "utc_days", "utc_start", "utc_end")
_LISTED_AT_ZERO = ("prompt", "completion")


def prices_at(
    pricing: Mapping[str, Any], prompt_tokens: int, minutes: Iterable[int]
) -> dict[int, dict[str, Decimal]]:
    """Return the amounts that hold in each of these minutes for a prompt of that many tokens.

    An amount of zero is no price, but for input and output. Amounts have ten significant digits.
    """
    entries = [entry for entry in pricing.get("overrides") or () if is_readable(entry)]
    known: dict[tuple[bool, ...], dict[str, Decimal]] = {}
    found = {}
    for minute in minutes:
        applying = tuple([_applies(entry, prompt_tokens, minute) for entry in entries])
        if applying not in known:
            amounts = _amounts(pricing)
            for entry in compress(entries, applying):
                amounts.update(_amounts(entry))
            known[applying] = rounded(amounts)
        found[minute] = known[applying]
    return found


def rounded(amounts: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Return amounts in ten significant digits, without those that stand for no price."""
    return {
        name: _round(amount)
        for name, amount in amounts.items()
        if amount or name in _LISTED_AT_ZERO
    }


def is_readable(entry: Mapping[str, Any]) -> bool:
    """Return whether every condition of an entry is one that is known, and it has any."""
    known = all(name in _CONDITIONS or name in _DIMENSIONS for name in entry)
    days = set(entry.get("utc_days") or ())
    return known and days <= set(WEEK) and any(name in entry for name in _CONDITIONS)


def boundaries(pricing: Mapping[str, Any]) -> set[int]:
    """Return the minutes of the week at which a price may change."""
    clocks = {0} | {
        _minutes(entry[name])
        for entry in pricing.get("overrides") or ()
        for name in ("utc_start", "utc_end")
        if name in entry
    }
    return {(day * 1_440 + clock) % MINUTES_OF_A_WEEK for day in range(7) for clock in clocks}


def thresholds(pricing: Mapping[str, Any]) -> list[int]:
    """Return the numbers of prompt tokens above which an entry may apply, in order."""
    entries = pricing.get("overrides") or ()
    return sorted({e["min_prompt_tokens"] for e in entries if "min_prompt_tokens" in e})


@lru_cache(1_000)
def _round(amount: Decimal) -> Decimal:
    return _TEN_DIGITS.plus(amount)


def _amounts(listed: Mapping[str, Any]) -> dict[str, Decimal]:
    return {
        name: Decimal(str(listed[name]))
        for name in _DIMENSIONS
        if listed.get(name) not in (None, "")
    }


def _applies(entry: Mapping[str, Any], prompt_tokens: int, minute: int) -> bool:
    if prompt_tokens <= entry.get("min_prompt_tokens", -1):
        return False
    day, clock = divmod(minute, 1_440)
    start = _minutes(entry.get("utc_start", 0))
    end = _minutes(entry.get("utc_end", 2_400))
    if start < end:
        return start <= clock < end and _holds_on(entry, day)
    # Past midnight: of today's window the evening, of yesterday's the morning.
    return (clock >= start and _holds_on(entry, day)) or (
        clock < end and _holds_on(entry, (day - 1) % 7)
    )


def _holds_on(entry: Mapping[str, Any], day: int) -> bool:
    return "utc_days" not in entry or WEEK[day] in entry["utc_days"]


def _minutes(hhmm: int) -> int:
    return hhmm // 100 * 60 + hhmm % 100
