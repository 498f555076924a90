"""Amounts that differ past the tenth digit are one amount; those that differ before it are two."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.support.records_as_listed import listed, per_token
from tests.support.refreshed_site import RefreshedSite

MODEL = "acme/noise"
AS_OF = datetime(2026, 8, 1, tzinfo=UTC)


def site_after(*cache_writes: str) -> RefreshedSite:
    site = RefreshedSite()
    for day, amount in enumerate(cache_writes):
        record = listed(MODEL, per_token("1", "3", input_cache_write=amount))
        site.refresh([record], AS_OF + timedelta(days=day))
    return site


@pytest.mark.parametrize(
    "amounts",
    [
        ("0.00000016666666666666666", "0.00000016666666666666667"),
        ("0.0000001666666666666667", "0.00000016666666666666666", "0.000000166666666666"),
        ("1.6666666666666666e-07", "0.0000001666666666666667"),
    ],
    ids=["17th digit", "three lists", "exponent"],
)
def test_a_difference_past_the_tenth_digit_is_no_event(amounts: tuple[str, ...]) -> None:
    site = site_after(*amounts)

    assert site.events(MODEL) == []
    assert site.text(f"/{MODEL}/feed.xml", kind="price").count("<entry>") == 0


def test_a_difference_in_the_tenth_digit_is_an_event() -> None:
    site = site_after("0.0000001666666666", "0.0000001666666667")

    assert [event["fact"] for event in site.events(MODEL)] == ["price"]
