"""The section on prices by the hour: the week in words, as a strip, and as a table."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from handler.domain.pricing.by_hour import (
    PricedSpan,
    WeekOfPrices,
    format_price_at,
    format_spans,
    format_week,
    week_of_prices,
)
from handler.domain.pricing.conditions import DAY_NAMES
from handler.domain.pricing.format import format_price
from handler.domain.pricing.types import DIMENSION_LABELS, Pricing
from handler.domain.pricing.week import MINUTES_PER_DAY

# CSS pixels, as of the chart of prices: a phone shows them unscaled.
_LEFT, _DAY_WIDTH, _ROW, _GAP = 36, 288, 18, 3
_HOURS = (0, 6, 12, 18, 24)
_MAX_LEVELS = 4


class WeekLine(NamedTuple):
    """One price over the week in words, and what held at the time of the snapshot."""

    label: str
    week: str
    held: str


class Cell(NamedTuple):
    """A part of a day with one price; `level` is 0 for the cheapest. Lengths are CSS pixels."""

    x: float
    y: int
    width: float
    level: int


class Tick(NamedTuple):
    """A label of the strip at a position in CSS pixels."""

    text: str
    position: float


class WeekRow(NamedTuple):
    """A row of the table: the hours, and the price of each dimension in them."""

    hours: str
    prices: tuple[str, ...]
    level: int


class WeekSection(NamedTuple):
    """The week of a model's prices. `rows` are in the order of levels, the cheapest first."""

    lines: tuple[WeekLine, ...]
    cells: tuple[Cell, ...]
    days: tuple[Tick, ...]
    hours: tuple[Tick, ...]
    labels: tuple[str, ...]
    rows: tuple[WeekRow, ...]


def week_section(pricing: Pricing, as_of: datetime) -> WeekSection | None:
    """Return the section of a model, None where its prices do not depend on the hour.

    Windows that concern only long prompts stand in the table of tiers.
    """
    week = week_of_prices(pricing)
    if not week.dimensions:
        return None
    rows = tuple(_rows(week))
    labels = tuple(DIMENSION_LABELS[name] for name in week.dimensions)
    lines = tuple(
        WeekLine(
            DIMENSION_LABELS[name], format_week(week, name), format_price_at(week, name, as_of)
        )
        for name in week.dimensions
    )
    days = tuple(Tick(name[:3], _row_y(day) + _ROW - 5) for day, name in enumerate(DAY_NAMES))
    hours = tuple(Tick(f"{hour:02d}", _LEFT + hour / 24 * _DAY_WIDTH) for hour in _HOURS)
    return WeekSection(lines, tuple(_cells(week)), days, hours, labels, rows)


def _levels(week: WeekOfPrices) -> list[tuple[str, ...]]:
    """Return the different prices of the week in words, the cheapest first."""
    ordered = sorted(week.spans, key=_cost_order)
    return list(dict.fromkeys(_words(each, week.dimensions) for each in ordered))


def _cost_order(priced: PricedSpan) -> tuple[float, float]:
    amounts = (priced.prices.get(name) for name in ("prompt", "completion"))
    first, second = (
        float("inf") if price and price.amount is None else float(price.amount or 0) if price else 0
        for price in amounts
    )
    return first, second


def _words(priced: PricedSpan, dimensions: Sequence[str]) -> tuple[str, ...]:
    prices = map(priced.prices.get, dimensions)
    return tuple(format_price(price) if price else "not published" for price in prices)


def _rows(week: WeekOfPrices) -> Iterator[WeekRow]:
    for level, words in enumerate(_levels(week)):
        spans = [each.span for each in week.spans if _words(each, week.dimensions) == words]
        yield WeekRow(format_spans(spans), words, min(level, _MAX_LEVELS - 1))


def _cells(week: WeekOfPrices) -> Iterator[Cell]:
    """Yield the cells of each day. A span past midnight is one cell a day."""
    levels = _levels(week)
    for each in week.spans:
        level = min(levels.index(_words(each, week.dimensions)), _MAX_LEVELS - 1)
        start, end = each.span
        for day in range(start // MINUTES_PER_DAY, -(-end // MINUTES_PER_DAY)):
            midnight = day * MINUTES_PER_DAY
            first, last = max(start - midnight, 0), min(end - midnight, MINUTES_PER_DAY)
            yield Cell(_x(first), _row_y(day), _x(last) - _x(first), level)


def _x(minute: int) -> float:
    return _LEFT + minute / MINUTES_PER_DAY * _DAY_WIDTH


def _row_y(day: int) -> int:
    return day * (_ROW + _GAP)
