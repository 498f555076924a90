"""Every minute of a week has the price that an independent reading of the rules gives it."""

import json
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from handler.domain.pricing.normalize import normalize_pricing
from handler.domain.pricing.schedule import parse_schedule
from handler.domain.pricing.week import amounts_at
from tests.support.external import shared_catalogs
from tests.support.pricing_oracle import (
    MINUTES_OF_A_WEEK,
    boundaries,
    prices_at,
    rounded,
    thresholds,
)
from tests.support.pricing_schedules import SCHEDULES, Pricing
from tests.support.pricing_strategies import schedules, spelled_out
from tests.support.real_lists import records_of

EVERY_MINUTE = range(MINUTES_OF_A_WEEK)
# Upstream's bound on entries is unknown; ours is.
MAX_ENTRIES = 50


def prompt_sizes(pricing: Pricing) -> list[int]:
    """Return an empty prompt, and those at and just above each threshold."""
    return sorted({0} | {limit + more for limit in thresholds(pricing) for more in (0, 1)})


def telling_minutes(pricing: Pricing) -> list[int]:
    """Return the minutes around each boundary, and some of the others."""
    around = {(edge + n) % MINUTES_OF_A_WEEK for edge in boundaries(pricing) for n in (-1, 0, 1)}
    return sorted(around | set(EVERY_MINUTE[::61]))


def differences(pricing: Pricing, minutes: Iterable[int], parsed: Any = None) -> list[Any]:
    """Return the first minutes at which the code and the rules disagree."""
    schedule = parse_schedule(pricing if parsed is None else parsed)
    found = []
    for tokens in prompt_sizes(pricing):
        for minute, expected in prices_at(pricing, tokens, minutes).items():
            amounts = amounts_at(schedule, tokens, minute)
            if amounts != expected and rounded(amounts) != expected:
                found.append((tokens, minute, dict(amounts), expected))
    return found[:5]


@pytest.mark.parametrize("name", SCHEDULES)
def test_each_minute_of_a_schedule_has_its_price(name: str) -> None:
    assert differences(SCHEDULES[name], EVERY_MINUTE) == []


def test_each_minute_of_each_real_schedule_has_its_price() -> None:
    paths = shared_catalogs()
    if not paths:
        pytest.skip("the real catalogs are not beside the project")
    found = {
        json.dumps(record["pricing"], sort_keys=True): record["id"]
        for path in paths
        for record in records_of(path)
        if record["pricing"].get("overrides")
    }
    assert len(found) >= 40

    different = {
        model_id: differences(json.loads(pricing), EVERY_MINUTE)
        for pricing, model_id in found.items()
    }

    assert {model_id: minutes for model_id, minutes in different.items() if minutes} == {}


@given(schedules())
def test_minutes_of_any_schedule_have_their_price(pricing: Pricing) -> None:
    assert differences(pricing, telling_minutes(pricing)) == []


@pytest.mark.parametrize("name", SCHEDULES)
def test_a_normal_form_has_the_same_prices(name: str) -> None:
    normal = normalize_pricing(parse_schedule(SCHEDULES[name]))

    assert differences(SCHEDULES[name], EVERY_MINUTE, normal) == []
    assert normalize_pricing(parse_schedule(normal)) == normal


@given(schedules())
def test_any_normal_form_has_the_same_prices(pricing: Pricing) -> None:
    normal = normalize_pricing(parse_schedule(pricing))

    assert differences(pricing, telling_minutes(pricing), normal) == []
    assert normalize_pricing(parse_schedule(normal)) == normal


@given(schedules(with_unknown=False, max_entries=3), st.sampled_from(["0.5", "-1", "0"]))
def test_schedules_of_equal_prices_have_one_normal_form(pricing: Pricing, base: str) -> None:
    """However they are split into entries, and whatever the base price that never applies."""
    amounts: dict[str, str] = {n: base for n in ("prompt", "completion") if n in pricing}
    same = spelled_out(pricing, amounts)
    assume(len(same["overrides"]) <= MAX_ENTRIES)
    assert differences(pricing, telling_minutes(pricing), same) == []

    normal = [normalize_pricing(parse_schedule(each)) for each in (pricing, same)]

    assert normal[0] == normal[1]


@pytest.mark.parametrize("noise", ["0.00000040000000000000004", "0.00000039999999999999997"])
def test_noise_of_the_last_digits_has_no_normal_form(noise: str) -> None:
    clean, noisy = (
        {"prompt": p, "overrides": [{"utc_days": ["monday"], "prompt": "0.1"}]}
        for p in ("0.0000004", noise)
    )

    assert normalize_pricing(parse_schedule(clean)) == normalize_pricing(parse_schedule(noisy))
