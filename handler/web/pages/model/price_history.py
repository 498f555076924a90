"""What a page says of a model's past prices: a chart in words and numbers, or that none changed."""

from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from handler.domain.catalog.model_history import PRICE
from handler.domain.catalog.profile import Profile
from handler.domain.pricing.format import format_usd
from handler.domain.pricing.price_series import TOKEN_DIMENSIONS, PriceSeries, price_history
from handler.domain.pricing.types import PriceUnit, PricingKind
from handler.web.pages.model.price_chart import Chart, build_chart


class PriceHistorySection(NamedTuple):
    """A chart from one day to another, with what it shows in words.

    `thinned` says that there were changes before it.
    """

    chart: Chart
    words: str
    start: date
    end: date
    truncated: bool


def price_history_section(profile: Profile, as_of: datetime) -> PriceHistorySection | None:
    """Return the past up to when the model was last listed, None where no price changed."""
    past = price_history(profile.history, profile.model)
    end = profile.withdrawn or as_of
    chart = build_chart(past, end)
    if chart is None:
        return None
    words = " ".join(map(_words, past.series))
    return PriceHistorySection(chart, words, past.since, end, past.truncated)


def unchanged_prices_label(profile: Profile) -> str | None:
    """Return which prices never changed, None where that would say nothing."""
    pricing = profile.model.pricing
    if pricing.kind is not PricingKind.PRICED:
        return None
    if len(profile.history.timelines[PRICE]) == 1:
        return "Prices"
    by_token = any(
        p.unit is PriceUnit.TOKEN for mode in TOKEN_DIMENSIONS if (p := pricing.price(mode))
    )
    return "Input and output prices" if by_token else None


def _words(series: PriceSeries) -> str:
    first, last = series.points[0].amount, series.points[-1].amount
    count = len(series.points) - 1
    if not count:
        return f"{series.label} stayed at {_amount(first)}."
    times = "once" if count == 1 else f"{count} times"
    return f"{series.label} went from {_amount(first)} to {_amount(last)}, changing {times}."


def _amount(amount: Decimal | None) -> str:
    return "not published" if amount is None else format_usd(amount)
