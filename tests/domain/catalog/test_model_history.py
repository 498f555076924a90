from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

from handler.domain.catalog.model_history import (
    Event,
    ModelHistory,
    from_json,
    new_history,
    to_json,
)
from tests.support.builders import model, priced, record, record_absence, record_listing

START = datetime(2026, 8, 1, tzinfo=UTC)


def at(hour: int) -> datetime:
    return START + timedelta(hours=hour)


BEFORE = priced("a/one", "0.000001", "0.000003", name="One", context_length=1000)
AFTER = {**BEFORE, "name": "Two", "context_length": 2000, "expiration_date": "2026-12-01"}
AFTER["pricing"] = {"prompt": "0.000001", "completion": "0.000004"}


def started() -> ModelHistory:
    return new_history(model(BEFORE), at(0))


def test_new_history_has_no_events() -> None:
    history = started()

    assert (history.first_seen, history.withdrawn, history.events()) == (at(0), None, [])


def test_each_changed_fact_is_an_event() -> None:
    history = record_listing(started(), model(AFTER), at(5))

    prices = [{"prompt": "0.000001", "completion": c} for c in ("0.000003", "0.000004")]
    assert history.events() == [
        Event(at(5), "price", *prices),
        Event(at(5), "context", 1000, 2000),
        Event(at(5), "name", "One", "Two"),
        Event(at(5), "expires", None, "2026-12-01"),
    ]


def test_untracked_fields_make_no_history() -> None:
    untracked = {**BEFORE, "benchmarks": {"x": 1}, "top_provider": {"max_completion_tokens": 7}}

    assert record_listing(started(), model(untracked), at(5)) == started()


def test_absent_model_is_withdrawn_until_it_returns() -> None:
    absent = record_absence(started(), at(5))
    assert absent.withdrawn == at(5)
    assert record_absence(absent, at(6)) == absent

    returned = record_listing(absent, model(BEFORE), at(7))
    assert returned.withdrawn is None
    assert returned.events() == [
        Event(at(7), "listed", False, True),
        Event(at(5), "listed", True, False),
    ]


def test_absence_before_the_first_listing_is_ignored() -> None:
    assert record_absence(started(), at(-1)) == started()


def test_two_hundred_changes_in_two_months_are_kept() -> None:
    history = started()
    for number in range(1, 201):
        changed = {
            **BEFORE,
            "name": f"Name {number}",
            "context_length": number,
            "pricing": {"prompt": "0.000001", "completion": str(number)},
            "expiration_date": f"2027-01-{number % 28 + 1:02}",
        }
        history = record_listing(history, model(changed), at(7 * number))
        history = record_absence(history, at(7 * number + 3))

    events = history.events()
    assert Counter(event.fact for event in events) == {
        "price": 200,
        "context": 200,
        "name": 200,
        "expires": 200,
        "listed": 399,
    }


def test_stored_form_has_only_changed_timelines() -> None:
    changed = model(record("a/one", name="Two"))
    history = new_history(model(record("a/one", name="One")), at(0))
    history = record_listing(history, changed, at(5))

    stored: dict[str, Any] = to_json(history)

    assert stored == {
        "since": "2026-08-01T00:00:00+00:00",
        "name": [["2026-08-01T00:00:00+00:00", "One"], ["2026-08-01T05:00:00+00:00", "Two"]],
    }
    assert from_json(stored, changed) == history
