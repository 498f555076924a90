import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from handler.domain.pricing.price_series import PriceHistory, PricePoint, PriceSeries
from handler.web.pages.model.price_chart import (
    HEIGHT,
    WIDTH,
    Chart,
    ChartLine,
    Tick,
    build_chart,
    step_path,
)

FIRST = datetime(2026, 8, 1, tzinfo=UTC)
END = FIRST + timedelta(days=10)


def series(label: str, *amounts: str | None) -> PriceSeries:
    """Return a price that changed every day."""
    points = (
        PricePoint(FIRST + timedelta(days=n), None if amount is None else Decimal(amount))
        for n, amount in enumerate(amounts)
    )
    return PriceSeries(label, tuple(points))


def chart(*lines: PriceSeries) -> Chart:
    built = build_chart(PriceHistory(FIRST, lines, truncated=False), END)
    assert built
    return built


def tick_amounts(*amounts: str) -> list[Decimal]:
    return [tick.amount for tick in chart(series("Input", *amounts)).ticks]


@pytest.mark.parametrize(
    ("points", "path"),
    [
        ([(0, 5)], "M0 5H9"),
        ([(0, 5), (3, 7.5)], "M0 5H3V7.5H9"),
        ([(0, 5), (3, None), (6, 2)], "M0 5H3M6 2H9"),
        ([(0, None), (3, 1)], "M3 1H9"),
        ([(0, 5), (3, None)], "M0 5H3"),
        ([(0, None)], ""),
    ],
    ids=["still", "a step", "a gap", "unknown at first", "unknown at last", "unknown"],
)
def test_path_has_steps_and_gaps(points: list[tuple[float, float | None]], path: str) -> None:
    assert step_path(points, 9) == path


def test_close_prices_have_a_linear_scale_from_zero() -> None:
    assert chart(series("Input", "1", "2"), series("Output", "4")) == Chart(
        (
            ChartLine("Input", Decimal(2), "M52 120H71.2V84H244", 84.0),
            ChartLine("Output", Decimal(4), "M52 12H244", 12.0),
        ),
        (Tick(156.0, Decimal(0)), Tick(84.0, Decimal(2)), Tick(12.0, Decimal(4))),
        is_logarithmic=False,
    )


def test_distant_prices_have_a_logarithmic_scale() -> None:
    distant = chart(series("Input", "1", "0.1"), series("Output", "10"))

    assert distant == Chart(
        (
            ChartLine("Input", Decimal("0.1"), "M52 84H71.2V156H244", 156.0),
            ChartLine("Output", Decimal(10), "M52 12H244", 12.0),
        ),
        (Tick(156.0, Decimal("0.1")), Tick(84.0, Decimal(1)), Tick(12.0, Decimal(10))),
        is_logarithmic=True,
    )


@pytest.mark.parametrize(
    ("amounts", "ticks"),
    [
        (("0.28", "0.12"), ["0", "0.15", "0.3"]),
        (("3", "0"), ["0", "1.5", "3"]),
        (("75", "15"), ["0", "40", "80"]),
        (("9.5", "9"), ["0", "5", "10"]),
        (("0.05", "0.0001"), ["0.0001", "0.001", "0.01", "0.1"]),
        (("300", "0.0002"), ["0.0001", "0.1", "100", "1E+5"]),
    ],
)
def test_ticks_are_few_and_round(amounts: tuple[str, ...], ticks: list[str]) -> None:
    assert tick_amounts(*amounts) == [Decimal(tick) for tick in ticks]


@pytest.mark.parametrize(("first", "last"), [("1", "1.01"), ("1.01", "1"), ("0.01", "0.02")])
def test_labels_never_overlap(first: str, last: str) -> None:
    lines = chart(series("Input", "2", first), series("Output", last)).lines

    upper, lower = sorted(line.label_y for line in lines)
    assert lower - upper >= 15
    assert 0 < upper < lower < HEIGHT - 20


def test_change_at_the_end_stays_within_the_chart() -> None:
    history = PriceHistory(END, (series("Input", "1", "2"),), truncated=True)

    built = build_chart(history, END)

    assert built
    assert max(map(float, re.findall(r"[HM](\d+)", built.lines[0].path))) < WIDTH


def test_unchanged_prices_have_no_chart() -> None:
    assert build_chart(PriceHistory(FIRST, (), truncated=False), END) is None
