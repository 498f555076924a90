"""The week of a price schedule: its spans, and the amounts at a minute.

A minute of the week counts from Monday 00:00 UTC, up to 10,079.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from handler.domain.pricing.types import Condition, PriceSchedule, Window

MINUTES_PER_DAY = 1_440
MINUTES_PER_WEEK = 7 * MINUTES_PER_DAY
ALL_DAYS = tuple(range(7))
# A zero of these dimensions means something. For any other it is the same as no price: upstream
# listed every dimension until 2025, and lists only those that cost something since.
MEANINGFUL_ZEROS = frozenset({"prompt", "completion"})

_Amounts = Mapping[str, Decimal]


class Span(NamedTuple):
    """Minutes of the week, from `start` up to, but without, `end`."""

    start: int
    end: int


def amounts_at(schedule: PriceSchedule, prompt_tokens: int, minute: int) -> _Amounts:
    """Return the amounts of a request with a number of prompt tokens at a minute of the week."""
    amounts = dict(schedule.amounts)
    for condition, own in schedule.overrides:
        if _applies(condition, prompt_tokens, minute):
            amounts |= own
    return amounts


def week_spans(schedule: PriceSchedule) -> list[Span]:
    """Return the spans of the week within which no window begins or ends, in order."""
    windows = (condition.window for condition, _ in schedule.overrides)
    edges = {
        edge for window in windows if window for span in spans_of_window(window) for edge in span
    }
    return [Span(*edge) for edge in pairwise(sorted({0, MINUTES_PER_WEEK, *edges}))]


def prompt_thresholds(schedule: PriceSchedule) -> list[int]:
    """Return the numbers of prompt tokens above which other amounts apply, in order."""
    thresholds = {condition.prompt_over for condition, _ in schedule.overrides}
    return sorted(tokens for tokens in thresholds if tokens is not None)


def _applies(condition: Condition, prompt_tokens: int, minute: int) -> bool:
    prompt_over, window = condition
    if prompt_over is not None and prompt_tokens <= prompt_over:
        return False
    return window is None or any(start <= minute < end for start, end in spans_of_window(window))


def spans_of_window(window: Window) -> Iterator[Span]:
    """Yield the spans of a window, one past the end of Sunday as two."""
    length = (window.end - window.start - 1) % MINUTES_PER_DAY + 1
    for day in ALL_DAYS if window.days is None else window.days:
        start = day * MINUTES_PER_DAY + window.start
        end = start + length
        yield Span(start, min(end, MINUTES_PER_WEEK))
        if end > MINUTES_PER_WEEK:
            yield Span(0, end - MINUTES_PER_WEEK)


def windows_of_spans(spans: Sequence[Span]) -> list[Window | None]:
    """Return the fewest windows for some spans: None alone where they are the whole week."""
    days: dict[int, list[Span]] = {}
    for start, end in _merge(spans):
        for day in range(start // MINUTES_PER_DAY, -(-end // MINUTES_PER_DAY)):
            midnight = day * MINUTES_PER_DAY
            within = Span(max(start - midnight, 0), min(end - midnight, MINUTES_PER_DAY))
            days.setdefault(day, []).append(within)
    if days == {day: [Span(0, MINUTES_PER_DAY)] for day in ALL_DAYS}:
        return [None]
    groups: dict[tuple[Span, ...], list[int]] = {}
    for day, hours in days.items():
        groups.setdefault(tuple(hours), []).append(day)
    return [
        Window(start, end, None if len(group) == len(ALL_DAYS) else tuple(group))
        for hours, group in groups.items()
        for start, end in hours
    ]


def _merge(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield spans that are in order, neighbours joined."""
    joined: Span | None = None
    for span in spans:
        if joined and joined.end == span.start:
            joined = Span(joined.start, span.end)
            continue
        if joined:
            yield joined
        joined = span
    if joined:
        yield joined
