from datetime import UTC, datetime
from typing import Any

import pytest

from handler.domain.catalog.model_history import new_history
from handler.domain.catalog.profile import Profile
from handler.web.pages.change_rows import ChangeRow, change_rows
from tests.support.builders import model, record, record_absence, record_listing

FIRST, LATER = datetime(2026, 8, 1, tzinfo=UTC), datetime(2026, 8, 2, tzinfo=UTC)
ONE_DOLLAR = {"prompt": "0.000001", "completion": "0.000003"}
TIER = {"min_prompt_tokens": 200000, "prompt": "0.000002"}


def rows_between(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Return the change rows of a model that changed from one record to another."""
    old, new = (model(record("a/one", name="One") | fields) for fields in (before, after))
    history = record_listing(new_history(old, FIRST), new, LATER)
    rows = change_rows(Profile(new, history, LATER))
    assert {row.moment for row in rows} <= {LATER}
    return [(row.fact, row.before, row.after) for row in rows]


@pytest.mark.parametrize(
    ("before", "after", "rows"),
    [
        (
            {"pricing": ONE_DOLLAR},
            {"pricing": {**ONE_DOLLAR, "prompt": "0.000002"}},
            [("Input price", "$1/M", "$2/M")],
        ),
        (
            {"pricing": {**ONE_DOLLAR, "input_cache_read": "0.0000001", "overrides": [TIER]}},
            {"pricing": ONE_DOLLAR},
            [
                ("Cache read price", "$0.10/M", None),
                ("Price tiers", "over 200,000 prompt tokens: Input $2/M", None),
            ],
        ),
        (
            {"pricing": {"prompt": "0", "completion": "0"}},
            {"pricing": ONE_DOLLAR},
            [("Price", "Free", "$1/M in, $3/M out")],
        ),
        ({"pricing": ONE_DOLLAR}, {}, [("Price", "$1/M in, $3/M out", None)]),
        (
            {"context_length": 8192},
            {"context_length": 131072},
            [("Context length", "8,192 tokens", "131,072 tokens")],
        ),
        ({}, {"name": "Two"}, [("Name", "One", "Two")]),
        ({}, {"expiration_date": "2026-12-01"}, [("Retirement date", None, "1 December 2026")]),
        ({}, {"benchmarks": {"x": 1}}, []),
    ],
    ids=[
        "a price",
        "a dimension and tiers go",
        "no longer free",
        "no longer published",
        "context",
        "name",
        "expiry",
        "nothing",
    ],
)
def test_change_rows_describe_each_fact(
    before: dict[str, Any], after: dict[str, Any], rows: list[tuple[Any, ...]]
) -> None:
    assert rows_between(before, after) == rows


def test_withdrawal_is_a_change_row() -> None:
    one = model(record("a/one"))
    history = record_absence(new_history(one, FIRST), LATER)

    assert change_rows(Profile(one, history, LATER)) == [
        ChangeRow(LATER, "On OpenRouter’s list", "listed", "not listed")
    ]


def test_number_of_change_rows_is_bounded() -> None:
    one = model(record("a/one"))
    history = new_history(one, FIRST)
    for minute in range(1, 60):
        for second in (0, 30):
            moment = FIRST.replace(minute=minute, second=second)
            named = model(record("a/one", name=str(second)))
            history = record_listing(history, named, moment)

    assert len(change_rows(Profile(one, history, LATER))) == 60
