"""What a page says of a model's past prices: a chart in words and numbers, or that none changed."""

from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from handler.domain.catalog.model_history import PRICE
from handler.domain.catalog.profile import Profile
from handler.domain.pricing.format import usd
from handler.domain.pricing.price_series import TOKEN_MODES, PriceSeries, price_past
from handler.domain.pricing.types import Kind, Unit
from handler.web.pages.model.price_chart import Chart, chart_of


class PastPrices(NamedTuple):
    """A chart from one day to another, with what it shows in words.

    `thinned` says that there were changes before it.
    """

    chart: Chart
    words: str
    start: date
    end: date
    thinned: bool


def past_prices(profile: Profile, as_of: datetime) -> PastPrices | None:
    """Return the past up to when the model was last listed, None where no price changed."""
    past = price_past(profile.history, profile.model)
    end = profile.withdrawn or as_of
    chart = chart_of(past, end)
    if chart is None:
        return None
    words = " ".join(map(_words, past.series))
    return PastPrices(chart, words, past.since, end, past.thinned)


def unchanged_prices(profile: Profile) -> str | None:
    """Return which prices never changed, None where that would say nothing."""
    pricing = profile.model.pricing
    if pricing.kind is not Kind.PRICED:
        return None
    if len(profile.history.timelines[PRICE]) == 1:
        return "Prices"
    by_token = any(p.unit is Unit.TOKEN for mode in TOKEN_MODES if (p := pricing.price(mode)))
    return "Input and output prices" if by_token else None


def _words(series: PriceSeries) -> str:
    first, last = series.steps[0].amount, series.steps[-1].amount
    count = len(series.steps) - 1
    if not count:
        return f"{series.label} stayed at {_amount(first)}."
    times = "once" if count == 1 else f"{count} times"
    return f"{series.label} went from {_amount(first)} to {_amount(last)}, changing {times}."


def _amount(amount: Decimal | None) -> str:
    return "not published" if amount is None else usd(amount)
