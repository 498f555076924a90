"""The picture of prices over time, as numbers: steps and never slopes, for prices jump.

Input and output often lie a factor of ten apart. From there on the scale is logarithmic: equal
heights are equal ratios, and a change of the lower one is still seen. Zero has no place on such a
scale, so a model that was free for a time is drawn linearly.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from handler.domain.pricing.price_series import PriceHistory, PricePoint, PriceSeries

# CSS pixels on a phone, where the picture is as wide as the text; a larger one would be scaled
# down, and its words with it.
WIDTH, HEIGHT = 340, 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 280, 12, 156
_LABEL_HEIGHT = 15
_MAX_TICKS = 4
_MIN_LOGARITHMIC_RATIO = 10


class ChartLine(NamedTuple):
    """One price: `path` is that of an SVG, its label stands at the right at `label_y`."""

    label: str
    path: str
    label_y: float


class Tick(NamedTuple):
    """A mark of the vertical axis at `y`, at so many US dollars."""

    y: float
    amount: Decimal


class Chart(NamedTuple):
    """Lines over ticks, from one moment to another."""

    lines: tuple[ChartLine, ...]
    ticks: tuple[Tick, ...]
    is_logarithmic: bool


def build_chart(past: PriceHistory, end: datetime) -> Chart | None:
    """Return the chart of prices up to a moment, None where none changed."""
    amounts = [s.amount for one in past.series for s in one.points if s.amount is not None]
    if not amounts:
        return None
    is_logarithmic = 0 < min(amounts) * _MIN_LOGARITHMIC_RATIO <= max(amounts)
    marks = _decades(min(amounts), max(amounts)) if is_logarithmic else _halves(max(amounts))
    height = _logarithm if is_logarithmic else float
    low, high = height(marks[0]), height(marks[-1])

    def y_of(amount: Decimal) -> float:
        return round(_BOTTOM - (_BOTTOM - _TOP) * (height(amount) - low) / (high - low), 1)

    def x_of(moment: datetime) -> float:
        share = (moment - past.since) / max(end - past.since, datetime.resolution)
        return round(_LEFT + (_RIGHT - _LEFT) * min(share, 1), 1)

    lines = tuple(_lines(past.series, x_of, y_of))
    return Chart(lines, tuple(Tick(y_of(mark), mark) for mark in marks), is_logarithmic)


def step_path(points: Sequence[tuple[float, float | None]], end_x: float) -> str:
    """Return the SVG path that stays at each height up to the next point; None lifts the pen."""
    parts: list[str] = []
    is_down = False
    for x, y in points:
        if is_down:
            parts.append(f"H{x:g}")
        if y is not None:
            parts.append(f"V{y:g}" if is_down else f"M{x:g} {y:g}")
        is_down = y is not None
    return "".join([*parts, f"H{end_x:g}"] if is_down else parts)


def _lines(
    series: Sequence[PriceSeries],
    x_of: Callable[[datetime], float],
    y_of: Callable[[Decimal], float],
) -> Iterator[ChartLine]:
    lasts = [y_of(_last(one.points)) for one in series]
    for one, label_y in zip(series, _apart(lasts), strict=True):
        points = [
            (x_of(s.moment), None if s.amount is None else y_of(s.amount)) for s in one.points
        ]
        yield ChartLine(one.label, step_path(points, _RIGHT), label_y)


def _last(steps: Sequence[PricePoint]) -> Decimal:
    return next(step.amount for step in reversed(steps) if step.amount is not None)


def _apart(heights: Sequence[float]) -> list[float]:
    """Return the heights of labels, moved so far that none of the two covers the other."""
    if len(heights) < 2 or abs(heights[0] - heights[1]) >= _LABEL_HEIGHT:
        return list(heights)
    lower = min(max(heights), _BOTTOM)
    upper = max(lower - _LABEL_HEIGHT, float(_TOP))
    lower = upper + _LABEL_HEIGHT
    return [lower, upper] if heights[0] > heights[1] else [upper, lower]


def _halves(highest: Decimal) -> list[Decimal]:
    """Return zero, a round number that is at least as high, and the middle."""
    unit = Decimal(1).scaleb(highest.adjusted()) if highest else Decimal(1)
    top = next(unit * n for n in (Decimal(1), 2, 3, 4, 6, 8, 10) if unit * n >= highest)
    return [Decimal(0), top / 2, top]


def _decades(lowest: Decimal, highest: Decimal) -> list[Decimal]:
    """Return powers of ten from one that is at most the lowest to one at least the highest."""
    first, last = lowest.adjusted(), highest.adjusted()
    if highest > Decimal(1).scaleb(last):
        last += 1
    step = -(-(last - first) // (_MAX_TICKS - 1))
    return [Decimal(1).scaleb(n) for n in range(first, last + step, step)]


def _logarithm(amount: Decimal) -> float:
    return float(amount.log10())
