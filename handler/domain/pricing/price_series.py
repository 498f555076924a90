"""A model's prices per token over time, as far back as lists were read."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from handler.domain.catalog.model import Model
from handler.domain.catalog.model_history import PRICE, ModelHistory
from handler.domain.pricing.parse import parse_pricing
from handler.domain.pricing.price_change import MAX_POINTS
from handler.domain.pricing.types import DIMENSION_LABELS, Pricing

TOKEN_DIMENSIONS = ("prompt", "completion")


class PricePoint(NamedTuple):
    """US dollars per million tokens from a moment on, None where tokens are not billed."""

    moment: datetime
    amount: Decimal | None


class PriceSeries(NamedTuple):
    """One price over time. Neighbouring points differ, and at least one has an amount."""

    label: str
    points: tuple[PricePoint, ...]


class PriceHistory(NamedTuple):
    """The series of a model, none where no price changed.

    `since` is the moment of the first point, or since when no price changed. `truncated` says
    that older points are left out.
    """

    since: datetime
    series: tuple[PriceSeries, ...]
    truncated: bool


def price_history(history: ModelHistory, model: Model) -> PriceHistory:
    """Return a model's base prices per token over its last MAX_POINTS price changes."""
    timeline = history.timelines[PRICE]
    if len(timeline) == 1:  # the common case: no price has to be parsed
        return PriceHistory(timeline[0].moment, (), truncated=False)
    points = timeline[-MAX_POINTS:]
    pricings = [
        (moment, parse_pricing(listed, model.id, model.output_modalities))
        for moment, listed in points
    ]
    all_series = [
        PriceSeries(DIMENSION_LABELS[dimension], tuple(_changes(dimension, pricings)))
        for dimension in TOKEN_DIMENSIONS
    ]
    series = tuple(one for one in all_series if any(p.amount is not None for p in one.points))
    changed = any(len(one.points) > 1 for one in series)
    is_truncated = len(timeline) > MAX_POINTS
    return PriceHistory(points[0].moment, series if changed else (), is_truncated)


def _changes(dimension: str, pricings: Sequence[tuple[datetime, Pricing]]) -> Iterator[PricePoint]:
    points = (
        PricePoint(moment, prices.price_per_million(dimension)) for moment, prices in pricings
    )
    for _, equal in groupby(points, key=lambda point: point.amount):
        yield next(equal)
