"""The sweep of pages finds each kind of wrong statement, and none in a right one."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.support.builders import making, record
from tests.support.sweep.costs import Compared, Cost, parse_cost
from tests.support.sweep.late_dates import late_lines, late_values
from tests.support.sweep.listed_prices import (
    NEGATIVE,
    ZERO,
    bills_something,
    claims_free,
    is_price_unknown,
    lists_a_zero,
)

READ = datetime(2026, 8, 5, tzinfo=UTC)
NOTHING = {"prompt": "0", "completion": "0"}


@pytest.mark.parametrize("text", ["$-102,000", "costs -$5", "−$0.01", "$-0.788 to $1"])
def test_a_negative_amount_is_found(text: str) -> None:
    assert NEGATIVE.search(text)


@pytest.mark.parametrize("text", ["$5 - $6", "gpt-4 $1", "$0.40–$0.80", "gemini-2.5", "2026-08-05"])
def test_a_hyphen_is_no_negative_amount(text: str) -> None:
    assert not NEGATIVE.search(text)


@pytest.mark.parametrize("text", ["Free", "x | Free | 8K", "Price Free", "Free while it is so"])
def test_a_claim_of_being_free_is_found(text: str) -> None:
    assert claims_free(text)


@pytest.mark.parametrize("text", ["Acme: One (free)", "free-form text", "x | $1 | 8K", "Freed"])
def test_a_name_is_no_claim_of_being_free(text: str) -> None:
    assert not claims_free(text)


@pytest.mark.parametrize(("text", "found"), [("$0", True), ("$0.00 in", True), ("$0.05", False)])
def test_a_price_of_zero_is_found(text: str, found: bool) -> None:
    assert bool(ZERO.search(text)) == found


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (record(), (False, False, True)),
        (record(pricing=NOTHING), (False, True, False)),
        (record(pricing={"prompt": "1", "completion": "0"}), (True, True, False)),
        (record(pricing={**NOTHING, "image": "1"}), (True, True, False)),
        (record(pricing={**NOTHING, "overrides": [{"prompt": "1"}]}), (True, True, False)),
        (record(pricing=NOTHING, architecture=making("video")), (False, False, True)),
        (record(pricing={"prompt": "-1", "completion": "0"}), (True, False, True)),
    ],
    ids=["no price", "free", "free output", "an image", "a tier", "billed elsewhere", "variable"],
)
def test_a_raw_record_says_what_may_be_called_free(raw: Any, expected: tuple[bool, ...]) -> None:
    assert (bills_something(raw), lists_a_zero(raw), is_price_unknown(raw)) == expected


@pytest.mark.parametrize(
    "line",
    [
        "as of 22 August 2026, 18:35 UTC",
        "first seen here on 6 August 2026",
        "Added\n22 August 2026",
        "since September 2026",
        "<updated>2026-08-22T18:35:00+00:00</updated>",
    ],
)
def test_a_date_after_the_last_reading_is_found(line: str) -> None:
    assert late_lines(line, READ)


@pytest.mark.parametrize(
    "line",
    [
        "as of 5 August 2026, 00:00 UTC",
        "since August 2026",
        "Retires on\n22 August 2026",
        "today’s record, of 22 August 2026, could not be read",
        "31 February 2027",
    ],
)
def test_an_announced_date_may_be_later(line: str) -> None:
    assert late_lines(line, READ) == []


def test_a_late_date_in_json_is_found_but_not_upstreams() -> None:
    value = {"a": [{"dateModified": "2026-08-22"}], "expiration_date": "2026-12-31"}

    assert list(late_values(value, READ)) == [".a[].dateModified: 2026-08-22"]


@pytest.mark.parametrize(
    ("page", "comparison", "api", "agree"),
    [
        ("$0.0075", "$0.0075", "0.0075", True),
        ("$0.0075", "$0.0025", "0.0025", False),
        ("$0.0833", "$0.0833", "0.08333333", True),
        ("varies", "varies", None, True),
        ("varies", "$1", "1", False),
        ("longer than its context", "$1", "1", True),
        ("$1 to $2, by the hour", "$1 to $2, by the hour", "1.5", True),
        ("$1 to $2, by the hour", "$1", "1", False),
        ("$1", "not billed by tokens alone", None, False),
    ],
)
def test_two_costs_of_one_work_disagree(
    page: str, comparison: str, api: str | None, agree: bool
) -> None:
    cost = Cost("null", ()) if api is None else Cost(api, (Decimal(api),))

    assert Compared((1, 1, 1), parse_cost(page), parse_cost(comparison), cost).agree() == agree
