"""The normal form of a price schedule, in which two schedules can be compared.

A schedule is a function from a number of prompt tokens and a minute of the week to amounts. Base
amounts count only where no override applies: upstream sets some of them to those of the hour in
which it answers. So two lists may write one function in two ways.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from handler.domain.pricing.types import DIMENSIONS, Condition, Override, PriceSchedule
from handler.domain.pricing.week import (
    MEANINGFUL_ZEROS,
    Span,
    prompt_thresholds,
    spans_of_window,
    week_spans,
    windows_of_spans,
)

_Amounts = Mapping[str, Decimal]


class _Step(NamedTuple):
    """The amounts of each span of the week for prompts of more than `prompt_over` tokens."""

    prompt_over: int | None
    amounts: tuple[dict[str, Decimal], ...]


def normal_form(schedule: PriceSchedule) -> PriceSchedule:
    """Return the one schedule that stands for all with the same function.

    Its base amounts are those of the cheapest minute of the week for the shortest prompts. Its
    overrides replace them elsewhere: first those of windows, then those of each threshold.
    """
    if not schedule.overrides:
        return schedule
    spans = week_spans(schedule)
    places = [_places(condition, spans) for condition, _ in schedule.overrides]
    levels = (None, *prompt_thresholds(schedule))
    steps = _fill_zeros([_step(schedule, level, len(spans), places) for level in levels])
    cheapest = min(steps[0].amounts, key=_cost_order)
    everywhere = set(cheapest).intersection(*(set(a) for step in steps for a in step.amounts))
    base = {name: cheapest[name] for name in DIMENSIONS if name in everywhere}
    below: Sequence[_Amounts] = [base] * len(spans)
    overrides: list[Override] = []
    for step in steps:
        overrides += _overrides(step, spans, below, base)
        below = step.amounts
    return PriceSchedule(base, tuple(overrides), schedule.unreadable)


def _places(condition: Condition, spans: Sequence[Span]) -> Sequence[int]:
    """Return the positions of the spans within the window of a condition."""
    if condition.window is None:
        return range(len(spans))
    held = list(spans_of_window(condition.window))
    starts = ((n, span.start) for n, span in enumerate(spans))
    return [n for n, minute in starts if any(start <= minute < end for start, end in held)]


def _step(
    schedule: PriceSchedule, level: int | None, span_count: int, places: Iterable[Sequence[int]]
) -> _Step:
    """Return the amounts of prompts just over a threshold; None is below all thresholds."""
    amounts = [dict(schedule.amounts) for _ in range(span_count)]
    for (condition, own), positions in zip(schedule.overrides, places, strict=True):
        prompt_over = condition.prompt_over
        if prompt_over is None or (level is not None and prompt_over <= level):
            for position in positions:
                amounts[position] |= own
    return _Step(level, tuple(amounts))


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
