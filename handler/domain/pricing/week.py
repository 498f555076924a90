"""Price schedules over the week: the amounts at a minute, and the normal form of a schedule.

A minute of the week counts from Monday 00:00 UTC, up to 10,079. A schedule is a function from a
number of prompt tokens and a minute to amounts. Base amounts count only where no override applies:
upstream sets some of them to those of the hour in which it answers. So two lists may write one
function in two ways, and its normal form is what can be compared.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from handler.domain.pricing.types import DIMENSIONS, Condition, Override, PriceSchedule, Window

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


class _Step(NamedTuple):
    """The amounts of each span of the week for prompts of more than `prompt_over` tokens."""

    prompt_over: int | None
    amounts: tuple[dict[str, Decimal], ...]


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
    edges = {edge for window in windows if window for span in _spans(window) for edge in span}
    return [Span(*edge) for edge in pairwise(sorted({0, MINUTES_PER_WEEK, *edges}))]


def prompt_thresholds(schedule: PriceSchedule) -> list[int]:
    """Return the numbers of prompt tokens above which other amounts apply, in order."""
    thresholds = {condition.prompt_over for condition, _ in schedule.overrides}
    return sorted(tokens for tokens in thresholds if tokens is not None)


def normal_form(schedule: PriceSchedule) -> PriceSchedule:
    """Return the one schedule that stands for all with the same function.

    Its base amounts are those of the cheapest minute of the week for the shortest prompts. Its
    overrides replace them elsewhere: first those of windows, then those of each threshold.
    """
    if not schedule.overrides:
        return schedule
    spans = week_spans(schedule)
    steps = _fill_zeros([_step(schedule, None, spans), *_threshold_steps(schedule, spans)])
    cheapest = min(steps[0].amounts, key=_cost_order)
    everywhere = set(cheapest).intersection(*(set(a) for step in steps for a in step.amounts))
    base = {name: cheapest[name] for name in DIMENSIONS if name in everywhere}
    below: Sequence[_Amounts] = [base] * len(spans)
    overrides: list[Override] = []
    for step in steps:
        overrides += _overrides(step, spans, below, base)
        below = step.amounts
    return PriceSchedule(base, tuple(overrides), schedule.unreadable)


def _applies(condition: Condition, prompt_tokens: int, minute: int) -> bool:
    prompt_over, window = condition
    if prompt_over is not None and prompt_tokens <= prompt_over:
        return False
    return window is None or any(start <= minute < end for start, end in _spans(window))


def _spans(window: Window) -> Iterator[Span]:
    """Yield the spans of a window, one past the end of Sunday as two."""
    length = (window.end - window.start - 1) % MINUTES_PER_DAY + 1
    for day in ALL_DAYS if window.days is None else window.days:
        start = day * MINUTES_PER_DAY + window.start
        end = start + length
        yield Span(start, min(end, MINUTES_PER_WEEK))
        if end > MINUTES_PER_WEEK:
            yield Span(0, end - MINUTES_PER_WEEK)


def _step(schedule: PriceSchedule, prompt_over: int | None, spans: Iterable[Span]) -> _Step:
    tokens = 0 if prompt_over is None else prompt_over + 1
    return _Step(prompt_over, tuple(dict(amounts_at(schedule, tokens, s.start)) for s in spans))


def _threshold_steps(schedule: PriceSchedule, spans: Sequence[Span]) -> list[_Step]:
    return [_step(schedule, tokens, spans) for tokens in prompt_thresholds(schedule)]


def _fill_zeros(steps: Sequence[_Step]) -> list[_Step]:
    """Return the steps with a zero for each missing price that costs something elsewhere.

    Zeros that mean nothing anywhere are dropped.
    """
    every = [amounts for step in steps for amounts in step.amounts]
    names = dict.fromkeys(name for amounts in every for name in amounts)
    extras = {
        name: Decimal(0)
        for name in names
        if name not in MEANINGFUL_ZEROS and any(amounts.get(name) for amounts in every)
    }
    kept = {*extras, *MEANINGFUL_ZEROS}
    return [
        _Step(
            prompt_over,
            tuple({n: v for n, v in {**extras, **a}.items() if n in kept} for a in amounts),
        )
        for prompt_over, amounts in steps
    ]


def _cost_order(amounts: _Amounts) -> tuple[object, ...]:
    """Return the sort key of amounts, by input, then output. A variable amount is the dearest."""
    first = (_rank(amounts.get("prompt")), _rank(amounts.get("completion")))
    return *first, sorted((name, _rank(amount)) for name, amount in amounts.items())


def _rank(amount: Decimal | None) -> Decimal:
    if amount is None:
        return Decimal(0)
    return amount if amount >= 0 else Decimal("Infinity")


def _overrides(
    step: _Step, spans: Sequence[Span], below: Sequence[_Amounts], base: _Amounts
) -> Iterator[Override]:
    """Yield the overrides of a step, in which prices differ from those of the step below."""
    groups: dict[tuple[tuple[str, Decimal], ...], list[Span]] = {}
    for span, amounts, lower in zip(spans, step.amounts, below, strict=True):
        if amounts != lower:
            changed = {n: v for n, v in amounts.items() if v != base.get(n) or v != lower.get(n)}
            ordered = tuple((name, changed[name]) for name in DIMENSIONS if name in changed)
            groups.setdefault(ordered, []).append(span)
    for changes, at in groups.items():
        for window in windows_of_spans(at):
            yield Override(Condition(step.prompt_over, window), dict(changes))


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
