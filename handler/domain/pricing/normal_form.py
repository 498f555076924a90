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
    amounts_at,
    prompt_thresholds,
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
