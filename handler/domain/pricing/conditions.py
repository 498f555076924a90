"""Conditions of prices in words: "over 200,000 prompt tokens", "daily 16:00–24:00 UTC"."""

from collections.abc import Iterable, Sequence

from handler.domain.pricing.types import Condition, Window
from handler.domain.pricing.week import MINUTES_PER_DAY

DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def format_conditions(conditions: Sequence[Condition]) -> str:
    """Return "over 200,000 prompt tokens", or "on weekdays 01:00–04:00 and 06:00–10:00 UTC"."""
    windows: dict[int | None, list[Window]] = {}
    for prompt_over, window in conditions:
        windows.setdefault(prompt_over, []).extend([window] if window else [])
    return " and ".join(_format_condition(*item) for item in windows.items())


def format_clock(minutes: int) -> str:
    """Return the time of day of minutes since midnight: "06:00", and "24:00" for its end."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _format_condition(prompt_over: int | None, windows: Sequence[Window]) -> str:
    words = [] if prompt_over is None else [f"over {prompt_over:,} prompt tokens"]
    by_days: dict[tuple[int, ...] | None, list[Window]] = {}
    for window in windows:
        by_days.setdefault(window.days, []).append(window)
    return " ".join([*words, _join(_format_hours(*item) for item in by_days.items())]).strip()


def _format_hours(days: tuple[int, ...] | None, windows: Sequence[Window]) -> str:
    if [(window.start, window.end) for window in windows] == [(0, MINUTES_PER_DAY)]:
        return f"on {_format_days(days)} UTC"
    hours = _join(
        f"{format_clock(start)}–{format_clock(end)}" for start, end in _join_midnight(days, windows)
    )
    return f"daily {hours} UTC" if days is None else f"on {_format_days(days)} {hours} UTC"


def _join_midnight(
    days: tuple[int, ...] | None, windows: Sequence[Window]
) -> list[tuple[int, int]]:
    """Return the hours, on every day those around midnight as one."""
    hours = [(window.start, window.end) for window in windows]
    if days is None and len(hours) > 1 and hours[0][0] == 0 and hours[-1][1] == MINUTES_PER_DAY:
        return [*hours[1:-1], (hours[-1][0], hours[0][1])]
    return hours


def _format_days(days: tuple[int, ...] | None) -> str:
    if days is None:
        return "every day"
    names = [DAY_NAMES[day] for day in days]
    groups = {DAY_NAMES[:5]: "weekdays", DAY_NAMES[5:]: "weekends"}
    return groups.get(tuple(names)) or _join(names)


def _join(parts: Iterable[str]) -> str:
    """Return "one, two and three"."""
    *firsts, last = list(parts) or [""]
    return " and ".join(filter(None, (", ".join(firsts), last)))
