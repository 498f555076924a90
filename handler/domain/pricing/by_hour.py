"""Prices by the hour and weekday: the week of a price in words, and what holds at a moment."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from handler.domain.pricing.conditions import DAY_NAMES, format_clock, format_conditions
from handler.domain.pricing.format import format_price
from handler.domain.pricing.types import DIMENSIONS, Condition, Price, Pricing
from handler.domain.pricing.week import (
    MEANINGFUL_ZEROS,
    MINUTES_PER_DAY,
    MINUTES_PER_WEEK,
    Span,
    amounts_at,
    week_spans,
    windows_of_spans,
)


class PricedSpan(NamedTuple):
    """A span of the week, with the prices of the shortest prompts in it."""

    span: Span
    prices: Mapping[str, Price]


class WeekOfPrices(NamedTuple):
    """The spans of a week in order, and the dimensions whose price is not always the same."""

    spans: tuple[PricedSpan, ...]
    dimensions: tuple[str, ...]


def minute_of_week(moment: datetime) -> int:
    """Return the minutes since Monday 00:00 of a moment in UTC."""
    return moment.weekday() * MINUTES_PER_DAY + moment.hour * 60 + moment.minute


def week_of_prices(pricing: Pricing) -> WeekOfPrices:
    """Return a model's prices over the week."""
    known = {p.dimension: p for tier in pricing.tiers for p in tier.prices}
    known |= {price.dimension: price for price in pricing.prices}
    spans = tuple(
        PricedSpan(span, _prices(amounts_at(pricing.schedule, 0, span.start), known))
        for span in week_spans(pricing.schedule)
    )
    varying = {n for n in DIMENSIONS if len({each.prices.get(n) for each in spans}) > 1}
    return WeekOfPrices(spans, tuple(name for name in DIMENSIONS if name in varying))


def format_week(week: WeekOfPrices, dimension: str) -> str:
    """Return "$0.66/M; $1.32/M on weekdays 01:00–04:00 and 06:00–10:00 UTC".

    The first price is that of most hours. It holds at all times that are not named.
    """
    cheapest_first = sorted(_spans_by_price(week, dimension).items(), key=_cost_order)
    usual, _ = max(cheapest_first, key=_minutes)
    others = [item for item in cheapest_first if item[0] != usual]
    parts = [f"{format_price(price)} {format_spans(spans)}" for price, spans in others]
    return "; ".join([format_price(usual), *parts])


def format_spans(spans: list[Span]) -> str:
    """Return "on weekdays 01:00–04:00 UTC" for spans of the week."""
    return format_conditions([Condition(None, window) for window in windows_of_spans(spans)])


def format_price_at(week: WeekOfPrices, dimension: str, moment: datetime) -> str:
    """Return "at 12:51 UTC on 20 August: $0.66/M, until 01:00 UTC" for a moment in UTC."""
    minute = minute_of_week(moment)
    held = next(each for each in week.spans if each.span.start <= minute < each.span.end)
    price = held.prices.get(dimension)
    text = format_price(price) if price else "not published"
    until = _next_change(week, dimension, minute, price)
    return f"at {moment:%H:%M} UTC on {moment:%-d %B}: {text}, until {_format_end(minute, until)}"


def _prices(amounts: Mapping[str, Decimal], known: Mapping[str, Price]) -> dict[str, Price]:
    return {
        name: known[name]._replace(amount=amount if amount >= 0 else None)
        for name, amount in amounts.items()
        if name in known and (amount or name in MEANINGFUL_ZEROS)
    }


def _spans_by_price(week: WeekOfPrices, dimension: str) -> dict[Price, list[Span]]:
    groups: dict[Price, list[Span]] = {}
    for span, prices in week.spans:
        if price := prices.get(dimension):
            groups.setdefault(price, []).append(span)
    return groups


def _minutes(item: tuple[Price, list[Span]]) -> int:
    return sum(end - start for start, end in item[1])


def _cost_order(item: tuple[Price, object]) -> Decimal:
    amount = item[0].amount
    return Decimal("Infinity") if amount is None else amount


def _next_change(week: WeekOfPrices, dimension: str, minute: int, price: Price | None) -> int:
    """Return the minute of this week or the next at which another price begins."""
    starts = [(each.span.start, each.prices.get(dimension)) for each in week.spans]
    following = [(start + MINUTES_PER_WEEK, other) for start, other in starts]
    return next(
        start for start, other in [*starts, *following] if start > minute and other != price
    )


def _format_end(minute: int, end: int) -> str:
    """Return a time of day, with the weekday if it is not within the next 24 hours."""
    clock = f"{format_clock(end % MINUTES_PER_DAY)} UTC"
    if end - minute <= MINUTES_PER_DAY:
        return clock
    return f"{DAY_NAMES[end % MINUTES_PER_WEEK // MINUTES_PER_DAY]}, {clock}"
