"""The change of a model's price over the last year, as a factor and in words."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from handler.domain.catalog.model import Model
from handler.domain.catalog.model_history import PRICE, ModelHistory
from handler.domain.catalog.timeline import Timeline
from handler.domain.pricing.format import format_percent_change
from handler.domain.pricing.headline import blend, headline_prices, is_priced_by_hour
from handler.domain.pricing.parse import parse_pricing
from handler.domain.pricing.types import Pricing, PricingKind

MAX_POINTS = 60  # of a model's newest prices: the others are not read
MAX_CHANGE_DAYS = 365
# Upstream converts some prices from other currencies: they differ a little every day.
_MIN_CHANGE = Decimal("0.01")
_MULTIPLES = {"2": "doubled", "3": "tripled"}


class PriceChange(NamedTuple):
    """Two different amounts of US dollars for the same unit, zero where the model is free.

    `since` is the moment at which the price was first seen to differ from the one before.
    """

    before: Decimal
    after: Decimal
    since: datetime

    @property
    def factor(self) -> Decimal | None:
        """The price after as a multiple of the price before, None where the model was free."""
        return self.after / self.before if self.before else None


class _Amount(NamedTuple):
    """US dollars seen from a moment on, and what they buy. Zero, for nothing, if free."""

    moment: datetime
    dollars: Decimal
    unit: str


def find_price_change(
    history: ModelHistory, model: Model, as_of: datetime, days: int = MAX_CHANGE_DAYS
) -> PriceChange | None:
    """Return how a model's price differs from its price of some days ago, None if it does not.

    The price before is the one in force `days` before `as_of`, or the first one known since. So a
    price that goes up and down daily shows what remains of all its changes, and `since` is the
    moment at which the price left the earlier one for the last time. Compared is the blended price
    of three input tokens and one output token, else the first price of the headline.

    Changes of less than one percent are noise. Prices for another unit, prices by the hour, and
    variable and unpublished ones compare with none. A withdrawn model has no price today.
    """
    timeline = history.timelines[PRICE][-MAX_POINTS:]
    if len(timeline) == 1 or history.withdrawn:  # the common case: no price has to be parsed
        return None
    amounts = list(_amounts(timeline, as_of - timedelta(days=days), model))
    if not amounts or amounts[-1].moment != timeline[-1].moment:
        return None
    after = amounts[-1]
    comparable = [one for one in amounts if one.unit in ("", after.unit) or not after.unit]
    before = comparable[0]
    left = [new.moment for old, new in pairwise(comparable) if not _differs(before, old)]
    return PriceChange(before.dollars, after.dollars, left[-1]) if _differs(before, after) else None


def format_price_change(change: PriceChange, as_of: datetime) -> str:
    """Return "−32% since April 2026" or "Price doubled since 5 August".

    A date of the same year as `as_of` is without the year, of the same month with the day.
    """
    since = _format_since(change.since, as_of)
    if not change.after:
        return f"Free since {since}"
    if change.factor is None:
        return f"No longer free since {since}"
    return f"{_format_factor(change.factor)} since {since}"


def _amounts(timeline: Timeline, start: datetime, model: Model) -> Iterator[_Amount]:
    """Yield the amounts that can be compared, from the one in force at the start."""
    first = max((n for n, point in enumerate(timeline) if point.moment <= start), default=0)
    for moment, listed in timeline[first:]:
        pricing = parse_pricing(listed, model.id, model.output_modalities)
        if pricing.kind is PricingKind.FREE:
            yield _Amount(moment, Decimal(0), "")
        elif pricing.kind is PricingKind.PRICED and not is_priced_by_hour(pricing):
            yield from _priced_amount(moment, pricing, model.output_modalities)


def _priced_amount(
    moment: datetime, pricing: Pricing, output_modalities: tuple[str, ...]
) -> Iterator[_Amount]:
    prompt, completion = map(pricing.price_per_million, ("prompt", "completion"))
    if prompt and completion:
        yield _Amount(moment, blend(prompt, completion), "blended")
        return
    price = headline_prices(pricing, output_modalities)[0]
    if price.amount:
        yield _Amount(moment, price.amount, f"{price.dimension} {price.unit.name}")


def _differs(before: _Amount, after: _Amount) -> bool:
    return abs(after.dollars - before.dollars) > _MIN_CHANGE * before.dollars


def _format_factor(factor: Decimal) -> str:
    if factor < Decimal("1.95"):
        return format_percent_change(factor)
    places = 0 if factor >= 10 else 1
    multiple = f"{factor:,.{places}f}".removesuffix(".0")
    return f"Price {_MULTIPLES.get(multiple, f'{multiple} times as high')}"


def _format_since(since: datetime, as_of: datetime) -> str:
    if since.year != as_of.year:
        return f"{since:%B %Y}"
    return f"{since:%B}" if since.month != as_of.month else f"{since:%-d %B}"
