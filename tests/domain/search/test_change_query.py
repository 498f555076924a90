from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from handler.domain.catalog.changelog import Changelog, build_changelog
from handler.domain.catalog.model_history import CONTEXT, LISTED, PRICE, new_history
from handler.domain.catalog.profile import Profile
from handler.domain.errors import InvalidParameter
from handler.domain.search.change_query import (
    MAX_CHANGES,
    ChangeQuery,
    Period,
    find_changes,
    find_period,
    parse_change_query,
)
from tests.support.builders import model, profile, record, record_listing

AS_OF = datetime(2026, 3, 10, 12, tzinfo=UTC)
FIRST = datetime(2025, 6, 1, tzinfo=UTC)
CHEAP, DEAR = ({"prompt": price, "completion": price} for price in ("0.000001", "0.000002"))


def days_ago(days: int) -> datetime:
    return AS_OF - timedelta(days=days)


def changed(model_id: str, moment: datetime, before: Any, after: Any) -> Profile:
    old, new = (model(record(model_id, **fields)) for fields in (before, after))
    history = record_listing(new_history(old, FIRST), new, moment)
    return profile(record(model_id, **after), history=history)


def changelog() -> Changelog:
    added = profile(record("bee/new"), history=new_history(model(record("bee/new")), days_ago(2)))
    profiles = [
        changed("acme/price", days_ago(2), {"pricing": CHEAP}, {"pricing": DEAR}),
        changed("acme/context", days_ago(1), {}, {"context_length": 9}),
        changed("acme/old", days_ago(20), {}, {"context_length": 9}),
        changed("not-acme/x", datetime(2026, 2, 1, tzinfo=UTC), {"pricing": CHEAP}, {}),
        added,
    ]
    return build_changelog(profiles, AS_OF)


def found(query: ChangeQuery) -> list[tuple[str, str]]:
    result = find_changes(changelog(), query, AS_OF)
    return [(change.model_id, change.event.fact) for change in result.changes]


NEW = [("acme/context", CONTEXT), ("acme/price", PRICE), ("bee/new", LISTED)]
OLD = ("acme/old", CONTEXT)


@pytest.mark.parametrize(
    ("query", "changes"),
    [
        (ChangeQuery(period="7d"), NEW),
        (ChangeQuery(), [*NEW, OLD]),
        (ChangeQuery(period="last-month"), [OLD, ("not-acme/x", PRICE)]),
        (ChangeQuery(period="all"), [*NEW, OLD, ("not-acme/x", PRICE)]),
        (ChangeQuery(kind=CONTEXT), [NEW[0], OLD]),
        (ChangeQuery(author="acme"), [*NEW[:2], OLD]),
        (ChangeQuery(author="e"), []),
    ],
    ids=["week", "default", "last month", "all", "kind", "author", "part of a slug"],
)
def test_changes_match_by_day_then_kind(query: ChangeQuery, changes: list[tuple[str, str]]) -> None:
    assert found(query) == changes


def test_counts_are_of_every_kind_whichever_is_shown() -> None:
    result = find_changes(changelog(), ChangeQuery(kind=PRICE), AS_OF)

    assert dict(result.counts) == {PRICE: 1, LISTED: 1, CONTEXT: 2}
    assert result.authors == ["acme", "bee"]


@pytest.mark.parametrize(
    ("as_of", "start", "end"),
    [
        (datetime(2026, 3, 31, 9, tzinfo=UTC), "2026-02-01", "2026-03-01"),
        (datetime(2026, 1, 1, tzinfo=UTC), "2025-12-01", "2026-01-01"),
    ],
    ids=["a shorter month", "over the year"],
)
def test_last_month_is_a_calendar_month(as_of: datetime, start: str, end: str) -> None:
    first, last = (datetime.fromisoformat(day).replace(tzinfo=UTC) for day in (start, end))

    assert find_period("last-month", as_of) == Period(first, last)


def test_result_is_bounded_and_says_that_it_was_cut() -> None:
    line = b'["acme/one","One",["text"],"2026-03-10T00:00:00+00:00","context",1,2]'

    result = find_changes(Changelog(FIRST, [line] * (MAX_CHANGES + 5)), ChangeQuery(), AS_OF)

    assert (len(result.changes), result.is_cut, result.page_count) == (MAX_CHANGES, True, 200)


def parse(*pairs: tuple[str, str]) -> ChangeQuery:
    return parse_change_query(pairs, {"Acme": "acme"}.get)


def test_canonical_query_string_leaves_out_defaults() -> None:
    pairs = (("page", "2"), ("kind", " price "), ("period", "30d"), ("by", "Acme"), ("x", "y"))

    assert parse(*pairs) == ChangeQuery("price", "acme", page=2)
    assert parse(*pairs).query_string() == "kind=price&by=acme&page=2"
    assert parse(("kind", ""), ("by", " ")).query_string() == ""


@pytest.mark.parametrize("name", ["kind", "by", "period", "page"])
@pytest.mark.parametrize("value", ["foo", "0", "-1", "٣"])
def test_unknown_value_is_an_error_that_names_it(name: str, value: str) -> None:
    with pytest.raises(InvalidParameter) as error:
        parse((name, value))

    assert (error.value.name, error.value.value) == (name, value)
