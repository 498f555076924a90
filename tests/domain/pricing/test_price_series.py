from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from handler.domain.catalog.model_history import ModelHistory, new_history
from handler.domain.catalog.timeline import ChangePoint
from handler.domain.pricing.price_series import PriceHistory, PricePoint, PriceSeries, price_history
from tests.support.builders import making, model, record

DAYS = [datetime(2026, 8, 1, tzinfo=UTC) + timedelta(days=n) for n in range(5)]
ONE = {"prompt": "0.000001", "completion": "0.000003"}
TWO = {**ONE, "prompt": "0.000002"}


def history(*prices: dict[str, Any], outputs: str = "text") -> PriceHistory:
    """Return the price history of a model whose prices changed every day."""
    one = model(record(pricing=prices[-1], architecture=making(outputs)))
    start = new_history(one, DAYS[0])
    points = tuple(
        ChangePoint(DAYS[0] + timedelta(days=n), listed) for n, listed in enumerate(prices)
    )
    return price_history(ModelHistory({**start.timelines, "price": points}), one)


def test_unchanged_price_has_a_series_beside_a_changed_one() -> None:
    assert history(ONE, TWO) == PriceHistory(
        DAYS[0],
        (
            PriceSeries(
                "Input", (PricePoint(DAYS[0], Decimal(1)), PricePoint(DAYS[1], Decimal(2)))
            ),
            PriceSeries("Output", (PricePoint(DAYS[0], Decimal(3)),)),
        ),
        False,
    )


def test_changes_of_other_dimensions_are_ignored() -> None:
    cached = {**ONE, "input_cache_read": "0.0000001"}

    assert history(ONE, cached, ONE) == PriceHistory(DAYS[0], (), False)
    assert len(history(ONE, cached, TWO).series[0].points) == 2


def test_free_is_zero_and_unpublished_is_a_gap() -> None:
    free = {"prompt": "0", "completion": "0"}

    (prompt, completion) = history(free, {}, ONE).series

    assert [point.amount for point in prompt.points] == [Decimal(0), None, Decimal(1)]
    assert [point.amount for point in completion.points] == [Decimal(0), None, Decimal(3)]


def test_prices_of_other_units_have_no_series() -> None:
    characters = {"prompt": "0.00001"}, {"prompt": "0.00002"}

    assert history(*characters, outputs="speech") == PriceHistory(DAYS[0], (), False)


def test_price_history_is_bounded_and_marked_truncated() -> None:
    long = history(*[ONE, TWO] * 5_000)

    assert (long.truncated, long.since) == (True, DAYS[0] + timedelta(days=9_940))
    assert [len(one.points) for one in long.series] == [60, 1]
