"""The price history of a page: a chart with a description, or a note that no price changed."""

from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from handler.domain.catalog.profile import Profile
from handler.domain.pricing.format import format_percent_change, format_usd
from handler.domain.pricing.price_series import PriceSeries, price_history
from handler.web.pages.model.price_chart import Chart, build_chart


class PriceHistorySection(NamedTuple):
    """A chart with a description of its lines; `truncated` if earlier changes are left out."""

    chart: Chart
    description: str
    start: date
    end: date
    truncated: bool


def price_history_section(profile: Profile, end: datetime) -> PriceHistorySection | None:
    """Return the section up to a moment, None where no price changed."""
    history = price_history(profile.history, profile.model)
    chart = build_chart(history, end)
    if chart is None:
        return None
    description = " ".join(map(_describe, history.series))
    return PriceHistorySection(chart, description, history.since, end, history.truncated)


def _describe(series: PriceSeries) -> str:
    first, last = series.points[0].amount, series.points[-1].amount
    count = len(series.points) - 1
    if not count:
        return f"{series.label} stayed at {_format_amount(first)}."
    times = "once" if count == 1 else f"{count} times"
    amounts = f"from {_format_amount(first)} to {_format_amount(last)}"
    if first and last:
        amounts += f" ({format_percent_change(last / first)})"
    return f"{series.label} went {amounts}, changing {times}."


def _format_amount(amount: Decimal | None) -> str:
    return "not published" if amount is None else format_usd(amount)
