from datetime import UTC, datetime
from typing import Any

import pytest

from handler.domain.pricing.by_hour import (
    format_price_at,
    format_week,
    minute_of_week,
    week_of_prices,
)
from handler.domain.pricing.parse import parse_pricing

WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday"]
LOW = {"prompt": "0.00000066", "completion": "0.00000198"}
HIGH = {"prompt": "0.00000132", "completion": "0.00000396"}
PEAK = [
    {"utc_days": WEEKDAYS, "utc_start": start, "utc_end": end, **HIGH}
    for start, end in ((100, 400), (600, 1000))
]


def week(**listed: Any) -> Any:
    return week_of_prices(parse_pricing(listed, "acme/one", ("text",)))


def test_minutes_of_the_week_begin_on_monday() -> None:
    moments = [datetime(2026, 8, 24, 0, 0, tzinfo=UTC), datetime(2026, 8, 23, 23, 59, tzinfo=UTC)]

    assert list(map(minute_of_week, moments)) == [0, 10_079]


def test_week_in_words_has_the_usual_price_first() -> None:
    prices = week(**LOW, overrides=PEAK)

    assert prices.dimensions == ("prompt", "completion")
    assert format_week(prices, "prompt") == (
        "$0.66/M; $1.32/M on weekdays 01:00–04:00 and 06:00–10:00 UTC"
    )


def test_only_prices_that_change_are_by_the_hour() -> None:
    night = {"utc_start": 2200, "utc_end": 600, "prompt": "0.0000005"}
    prices = week(prompt="0.000001", completion="0.000002", request="0.01", overrides=[night])

    assert prices.dimensions == ("prompt",)
    assert format_week(prices, "prompt") == "$1/M; $0.50/M daily 22:00–06:00 UTC"


def test_thresholds_alone_are_not_by_the_hour() -> None:
    long = {"min_prompt_tokens": 9, "utc_days": ["monday"], "prompt": "0.000002"}

    assert week(prompt="0.000001", overrides=[long]).dimensions == ()


def test_variable_hours_are_said_to_be_variable() -> None:
    prices = week(prompt="0.000001", overrides=[{"utc_days": ["sunday"], "prompt": "-1"}])

    assert format_week(prices, "prompt") == "$1/M; variable on Sunday UTC"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 8, 20, 12, 51, tzinfo=UTC), "$0.66/M, until 01:00 UTC"),
        (datetime(2026, 8, 20, 9, 59, tzinfo=UTC), "$1.32/M, until 10:00 UTC"),
        (datetime(2026, 8, 21, 10, 0, tzinfo=UTC), "$0.66/M, until Monday, 01:00 UTC"),
        (datetime(2026, 8, 23, 12, 0, tzinfo=UTC), "$0.66/M, until 01:00 UTC"),
    ],
    ids=["in the afternoon", "at the peak", "before a weekend", "on Sunday"],
)
def test_price_at_a_moment_has_its_end(moment: datetime, words: str) -> None:
    prices = week(**LOW, overrides=PEAK)

    expected = f"at {moment:%H:%M} UTC on {moment.day} August: {words}"
    assert format_price_at(prices, "prompt", moment) == expected
