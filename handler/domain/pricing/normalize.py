"""The `pricing` object that histories keep: equal prices give equal objects."""

from collections.abc import Mapping
from decimal import Context, Decimal
from typing import Any

from handler.domain.pricing.format import format_decimal
from handler.domain.pricing.normal_form import normal_form
from handler.domain.pricing.schedule import WEEKDAYS
from handler.domain.pricing.types import Override, PriceSchedule, Window
from handler.domain.pricing.week import MEANINGFUL_ZEROS

# Upstream computes some prices in floating point: the digits after these are noise.
_COMPARED = Context(prec=10)


def normalize_pricing(schedule: PriceSchedule) -> dict[str, Any]:
    """Return a schedule in normal form, as a `pricing` object that can be parsed again.

    Amounts are compared after rounding to ten significant digits. Overrides that cannot be read
    are left out.
    """
    amounts, overrides, _ = normal_form(_round_schedule(schedule))
    base = {
        dimension: format_decimal(amount)
        for dimension, amount in amounts.items()
        if amount or dimension in MEANINGFUL_ZEROS
    }
    entries = [_override_to_json(override) for override in overrides]
    return {**base, "overrides": entries} if entries else base


def _round_schedule(schedule: PriceSchedule) -> PriceSchedule:
    overrides = tuple(Override(c, _round_amounts(own)) for c, own in schedule.overrides)
    return PriceSchedule(_round_amounts(schedule.amounts), overrides)


def _round_amounts(amounts: Mapping[str, Decimal]) -> dict[str, Decimal]:
    return {name: amount.normalize(_COMPARED) for name, amount in amounts.items()}


def _override_to_json(override: Override) -> dict[str, Any]:
    prompt_over, window = override.condition
    threshold = {} if prompt_over is None else {"min_prompt_tokens": prompt_over}
    hours = _window_to_json(window) if window else {}
    amounts = {name: format_decimal(amount) for name, amount in override.amounts.items()}
    return {**threshold, **hours, **amounts}


def _window_to_json(window: Window) -> dict[str, Any]:
    days = {} if window.days is None else {"utc_days": [WEEKDAYS[day] for day in window.days]}
    return {**days, "utc_start": _to_hhmm(window.start), "utc_end": _to_hhmm(window.end)}


def _to_hhmm(minutes: int) -> int:
    return minutes // 60 * 100 + minutes % 60
