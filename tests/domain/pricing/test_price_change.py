from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from handler.domain.catalog.model_history import PRICE, ModelHistory, new_history
from handler.domain.catalog.timeline import ChangePoint
from handler.domain.pricing.price_change import PriceChange, find_price_change, format_price_change
from tests.support.builders import making, model, record, record_absence

AS_OF = datetime(2026, 8, 22, 18, 35, tzinfo=UTC)
ONE = {"prompt": "0.000001", "completion": "0.000003"}
TWO = {"prompt": "0.000002", "completion": "0.000006"}
FREE = {"prompt": "0", "completion": "0"}
SPEECH = {"prompt": "0.00001"}
NIGHTS = {"utc_start": 0, "utc_end": 600, "prompt": "0.0000005"}


def days_ago(days: int) -> datetime:
    return AS_OF - timedelta(days=days)


def change(*prices: tuple[int, dict[str, Any]], outputs: str = "text") -> PriceChange | None:
    """Return the change of a model that had each price from some days ago on."""
    one = model(record(pricing=prices[-1][1], architecture=making(outputs)))
    points = tuple(ChangePoint(days_ago(days), listed) for days, listed in prices)
    start = new_history(one, days_ago(prices[0][0]))
    return find_price_change(ModelHistory({**start.timelines, PRICE: points}), one, AS_OF)


def dollars(before: str, after: str, days: int) -> PriceChange:
    return PriceChange(Decimal(before), Decimal(after), days_ago(days))


def test_change_is_of_three_input_and_one_output_token() -> None:
    dearer_output = {**ONE, "completion": "0.000006"}

    assert change((90, ONE), (30, dearer_output)) == dollars("1.5", "2.25", 30)


def test_unchanged_price_has_no_change() -> None:
    cached = {**ONE, "input_cache_read": "0.0000001"}

    assert change((90, ONE)) is None
    assert change((90, ONE), (30, cached)) is None


@pytest.mark.parametrize("last", [{}, {"prompt": "-1", "completion": "-1"}])
def test_price_that_is_not_known_any_more_has_no_change(last: dict[str, Any]) -> None:
    assert change((90, ONE), (60, TWO), (30, last)) is None
    assert change((90, last)) is None


def test_price_before_is_that_of_a_year_ago() -> None:
    assert change((800, FREE), (400, TWO), (30, ONE)) == dollars("3", "1.5", 30)
    assert change((800, TWO), (400, ONE)) is None


def test_flapping_price_changed_when_it_left_the_first_one_last() -> None:
    assert change((90, ONE), (60, TWO), (40, ONE), (20, TWO)) == dollars("1.5", "3", 20)
    assert change((90, ONE), (60, TWO), (40, ONE)) is None


def test_several_changes_are_one_since_the_first_of_them() -> None:
    half = {"prompt": "0.0000005", "completion": "0.0000015"}

    assert change((90, TWO), (60, ONE), (20, half)) == dollars("3", "0.75", 60)


def test_change_of_less_than_one_percent_is_noise() -> None:
    converted = {**ONE, "prompt": "0.00000101"}

    assert change((90, ONE), (30, converted)) is None


def test_model_became_free_or_ceased_to_be_free() -> None:
    assert change((90, ONE), (30, FREE)) == dollars("1.5", "0", 30)
    assert change((90, FREE), (30, ONE)) == dollars("0", "1.5", 30)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({}, id="unpublished"),
        pytest.param({"prompt": "-1", "completion": "-1"}, id="variable"),
        pytest.param({**TWO, "overrides": [NIGHTS]}, id="by the hour"),
        pytest.param({"prompt": "0.000002"}, id="another unit"),
    ],
)
def test_prices_for_other_things_are_not_compared(other: dict[str, Any]) -> None:
    assert change((90, other), (30, ONE)) is None
    assert change((90, ONE), (30, other)) is None
    assert change((90, ONE), (60, other), (30, TWO)) == dollars("1.5", "3", 30)


def test_price_of_another_unit_changes_too() -> None:
    dearer = {"prompt": "0.00002"}

    assert change((90, SPEECH), (30, dearer), outputs="speech") == dollars("0.00001", "0.00002", 30)


def test_withdrawn_model_has_no_change() -> None:
    one = model(record(pricing=TWO))
    points = (ChangePoint(days_ago(90), ONE), ChangePoint(days_ago(60), TWO))
    listed = ModelHistory({**new_history(one, days_ago(90)).timelines, PRICE: points})

    assert find_price_change(listed, one, AS_OF) is not None
    assert find_price_change(record_absence(listed, days_ago(1)), one, AS_OF) is None


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("100", "68", "−32% since May"),
        ("100", "0.01", "−99% since May"),
        ("100", "115", "+15% since May"),
        ("100", "150.5", "+51% since May"),
        ("1000", "1949", "+95% since May"),
        ("100", "195", "Price doubled since May"),
        ("100", "300", "Price tripled since May"),
        ("100", "250", "Price 2.5 times as high since May"),
        ("1", "1234", "Price 1,234 times as high since May"),
        ("100", "0", "Free since May"),
        ("0", "100", "No longer free since May"),
    ],
)
def test_change_in_words(before: str, after: str, expected: str) -> None:
    assert format_price_change(dollars(before, after, 90), AS_OF) == expected


@pytest.mark.parametrize(
    ("days", "expected"), [(300, "since October 2025"), (90, "since May"), (19, "since 3 August")]
)
def test_date_is_as_exact_as_it_has_to_be(days: int, expected: str) -> None:
    assert format_price_change(dollars("100", "68", days), AS_OF) == f"−32% {expected}"
