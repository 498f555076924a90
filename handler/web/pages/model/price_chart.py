"""The step chart of prices over time, as coordinates of an SVG.

The scale is logarithmic where prices differ by a factor of ten or more, as input and output often
do: a change of the lower one stays visible. A logarithmic scale has no zero, so a model that was
free for a time has a linear one.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from handler.domain.pricing.price_series import PriceHistory, PricePoint, PriceSeries

# CSS pixels. On a phone the chart is as wide as the text: a larger one would be scaled down, with
# its labels.
WIDTH, HEIGHT = 340, 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 244, 12, 156
_LABEL_HEIGHT = 15
_MAX_TICKS = 4
_MIN_LOGARITHMIC_RATIO = 10


class ChartLine(NamedTuple):
    """A price: the `d` attribute of its SVG path, and its label at the right end at `label_y`.

    `amount` is its current amount in US dollars, None where it is no longer published.
    """

    label: str
    amount: Decimal | None
    path: str
    label_y: float


class Tick(NamedTuple):
    """A tick of the vertical axis, with its amount in US dollars."""

    y: float
    amount: Decimal


class Chart(NamedTuple):
    """The lines of a chart, and the ticks of its vertical axis."""

    lines: tuple[ChartLine, ...]
    ticks: tuple[Tick, ...]
    is_logarithmic: bool


def build_chart(history: PriceHistory, end: datetime) -> Chart | None:
    """Return the chart of prices up to a moment, None where no price changed."""
    points = [point for series in history.series for point in series.points]
    amounts = [point.amount for point in points if point.amount is not None]
    if not amounts:
        return None
    low, high = min(amounts), max(amounts)
    is_logarithmic = 0 < low * _MIN_LOGARITHMIC_RATIO <= high
    marks = _decades(low, high) if is_logarithmic else _halves(high)
    to_x = _horizontal_scale(history.since, end)
    to_y = _vertical_scale(marks[0], marks[-1], _logarithm if is_logarithmic else float)
    ticks = tuple(Tick(to_y(mark), mark) for mark in marks)
    return Chart(tuple(_lines(history.series, to_x, to_y)), ticks, is_logarithmic)


def step_path(points: Sequence[tuple[float, float | None]], end_x: float) -> str:
    """Return the SVG path that keeps each height up to the next point. None leaves a gap."""
    parts: list[str] = []
    is_down = False
    for x, y in points:
        if is_down:
            parts.append(f"H{x:g}")
        if y is not None:
            parts.append(f"V{y:g}" if is_down else f"M{x:g} {y:g}")
        is_down = y is not None
    return "".join([*parts, f"H{end_x:g}"] if is_down else parts)


def _horizontal_scale(start: datetime, end: datetime) -> Callable[[datetime], float]:
    def to_x(moment: datetime) -> float:
        share = (moment - start) / max(end - start, datetime.resolution)
        return round(_LEFT + (_RIGHT - _LEFT) * min(share, 1), 1)

    return to_x


def _vertical_scale(
    lowest: Decimal, highest: Decimal, measure: Callable[[Decimal], float]
) -> Callable[[Decimal], float]:
    low, high = measure(lowest), measure(highest)

    def to_y(amount: Decimal) -> float:
        return round(_BOTTOM - (_BOTTOM - _TOP) * (measure(amount) - low) / (high - low), 1)

    return to_y


def _lines(
    all_series: Sequence[PriceSeries],
    to_x: Callable[[datetime], float],
    to_y: Callable[[Decimal], float],
) -> Iterator[ChartLine]:
    ends = [to_y(_last_amount(series.points)) for series in all_series]
    for series, label_y in zip(all_series, _separate_labels(ends), strict=True):
        points = [
            (to_x(moment), None if amount is None else to_y(amount))
            for moment, amount in series.points
        ]
        yield ChartLine(series.label, series.points[-1].amount, step_path(points, _RIGHT), label_y)


def _last_amount(points: Sequence[PricePoint]) -> Decimal:
    return next(point.amount for point in reversed(points) if point.amount is not None)


def _separate_labels(heights: Sequence[float]) -> list[float]:
    """Return the heights of at most two labels, moved apart where they would overlap."""
    if len(heights) < 2 or abs(heights[0] - heights[1]) >= _LABEL_HEIGHT:
        return list(heights)
    lower = min(max(heights), _BOTTOM)
    upper = max(lower - _LABEL_HEIGHT, float(_TOP))
    lower = upper + _LABEL_HEIGHT
    return [lower, upper] if heights[0] > heights[1] else [upper, lower]


def _halves(highest: Decimal) -> list[Decimal]:
    """Return zero, a round number at or above the highest amount, and their middle."""
    unit = Decimal(1).scaleb(highest.adjusted()) if highest else Decimal(1)
    top = next(unit * n for n in (Decimal(1), 2, 3, 4, 6, 8, 10) if unit * n >= highest)
    return [Decimal(0), top / 2, top]


def _decades(lowest: Decimal, highest: Decimal) -> list[Decimal]:
    """Return powers of ten from the lowest amount or below to the highest or above."""
    first, last = lowest.adjusted(), highest.adjusted()
    if highest > Decimal(1).scaleb(last):
        last += 1
    step = -(-(last - first) // (_MAX_TICKS - 1))
    return [Decimal(1).scaleb(n) for n in range(first, last + step, step)]


def _logarithm(amount: Decimal) -> float:
    return float(amount.log10())
