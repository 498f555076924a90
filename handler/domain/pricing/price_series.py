"""How a model's prices for tokens in and out went over time, as far as anybody looked."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from handler.domain.catalog.model import Model
from handler.domain.catalog.model_history import PRICE, ModelHistory
from handler.domain.pricing.parse import parse_pricing
from handler.domain.pricing.types import DIMENSION_LABELS, PriceUnit, Pricing, PricingKind

MAX_POINTS = 60

TOKEN_DIMENSIONS = ("prompt", "completion")


class PricePoint(NamedTuple):
    """From this moment on a million tokens cost this many US dollars; None: not by token."""

    moment: datetime
    amount: Decimal | None


class PriceSeries(NamedTuple):
    """One price over time: no two neighbours of `steps` are equal, and one at least is an amount.

    `label` is the mode's.
    """

    label: str
    points: tuple[PricePoint, ...]


class PriceHistory(NamedTuple):
    """The prices over time, none if neither changed; `thinned` says that older ones are left out.

    `since` is the moment of the first, or since when nothing changed.
    """

    since: datetime
    series: tuple[PriceSeries, ...]
    truncated: bool


def price_history(history: ModelHistory, model: Model) -> PriceHistory:
    """Return the past of a model's base prices for tokens, of MAX_POINTS listings at most."""
    points = history.timelines[PRICE]
    if len(points) == 1:  # as most have: nothing needs to be read
        return PriceHistory(points[0].moment, (), truncated=False)
    shown = points[-MAX_POINTS:]
    pricings = [
        (moment, parse_pricing(listed, model.id, model.output_modalities))
        for moment, listed in shown
    ]
    series = tuple(
        PriceSeries(label, steps)
        for label, steps in (
            (DIMENSION_LABELS[mode], tuple(_steps(mode, pricings))) for mode in TOKEN_DIMENSIONS
        )
        if any(step.amount is not None for step in steps)
    )
    changed = any(len(one.points) > 1 for one in series)
    return PriceHistory(shown[0].moment, series if changed else (), len(points) > MAX_POINTS)


def _steps(mode: str, pricings: list[tuple[datetime, Pricing]]) -> Iterator[PricePoint]:
    steps = (PricePoint(moment, _per_million(pricing, mode)) for moment, pricing in pricings)
    for _, equal in groupby(steps, key=lambda step: step.amount):
        yield next(equal)


def _per_million(pricing: Pricing, mode: str) -> Decimal | None:
    if pricing.kind is PricingKind.FREE:
        return Decimal(0)
    price = pricing.price(mode)
    return price.display_amount if price and price.unit is PriceUnit.TOKEN else None
