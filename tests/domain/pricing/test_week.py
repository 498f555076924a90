from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from handler.domain.pricing.normal_form import normal_form
from handler.domain.pricing.schedule import parse_schedule
from handler.domain.pricing.types import Condition, Window
from handler.domain.pricing.week import MINUTES_PER_WEEK, amounts_at

LOW, HIGH = {"prompt": "0.000001"}, {"prompt": "0.000002"}
DAY, HOUR = 1_440, 60


def priced_minutes(pricing: Mapping[str, Any], prompt_tokens: int = 0) -> int:
    """Return how many minutes of the week cost the high price."""
    schedule = parse_schedule(pricing)
    amounts = (amounts_at(schedule, prompt_tokens, minute) for minute in range(MINUTES_PER_WEEK))
    return sum(each["prompt"] == Decimal("0.000002") for each in amounts)


@pytest.mark.parametrize(
    ("condition", "minutes"),
    [
        ({"utc_start": 100, "utc_end": 430}, 7 * 210),
        ({"utc_start": 2200, "utc_end": 200}, 7 * 240),
        ({"utc_start": 1000, "utc_end": 0}, 7 * 840),
        ({"utc_start": 0, "utc_end": 2400}, 7 * DAY),
        ({"utc_start": 0, "utc_end": 0}, 7 * DAY),
        ({"utc_days": ["monday", "sunday"]}, 2 * DAY),
        ({"utc_days": ["sunday"], "utc_start": 2200, "utc_end": 200}, 240),
        ({"utc_days": ["tuesday"], "utc_start": 100, "utc_end": 400}, 180),
    ],
    ids=str,
)
def test_window_holds_for_its_minutes(condition: dict[str, Any], minutes: int) -> None:
    assert priced_minutes({**LOW, "overrides": [condition | HIGH]}) == minutes


def test_window_past_midnight_belongs_to_the_day_it_starts_on() -> None:
    window = {"utc_days": ["sunday"], "utc_start": 2300, "utc_end": 100}
    schedule = parse_schedule({**LOW, "overrides": [window | HIGH]})
    monday, sunday = 0, 6 * DAY

    assert [
        amounts_at(schedule, 0, minute)["prompt"] == Decimal("0.000002")
        for minute in (monday, monday + HOUR, sunday, sunday + 23 * HOUR)
    ] == [True, False, False, True]


def test_threshold_and_window_apply_together() -> None:
    both = {"min_prompt_tokens": 1_000, "utc_days": ["friday"]}
    pricing = {**LOW, "overrides": [both | HIGH]}

    assert [priced_minutes(pricing, tokens) for tokens in (1_000, 1_001)] == [0, DAY]


def test_normal_form_has_the_cheapest_hour_as_base() -> None:
    window = {"utc_start": 100, "utc_end": 400}
    rest = {"utc_start": 400, "utc_end": 100}
    listed = {**HIGH, "overrides": [window | HIGH, rest | LOW]}

    (amounts, overrides, _) = normal_form(parse_schedule(listed))

    assert amounts == {"prompt": Decimal("0.000001")}
    assert overrides == ((Condition(None, Window(60, 240)), {"prompt": Decimal("0.000002")}),)


def test_variable_hours_are_never_the_base() -> None:
    window = {"utc_start": 100, "utc_end": 400, "prompt": "-1"}

    assert normal_form(parse_schedule({**LOW, "overrides": [window]})).amounts == {
        "prompt": Decimal("0.000001")
    }


def test_schedule_past_all_reason_costs_its_overrides_alone() -> None:
    entries = [
        {"min_prompt_tokens": n, "utc_start": n, "utc_end": n + 1, "prompt": f"0.0000{n}"}
        for n in range(10, 60)
    ]
    schedule = parse_schedule({**LOW, "overrides": entries})

    assert (schedule.overrides, schedule.unreadable) == ((), 50)
