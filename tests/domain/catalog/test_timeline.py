from datetime import UTC, datetime, timedelta
from itertools import pairwise, permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handler.domain.catalog.timeline import ChangePoint, Timeline, changes, insert_observation

START = datetime(2026, 8, 1, tzinfo=UTC)


def at(hour: int) -> datetime:
    return START + timedelta(hours=hour)


def line(*points: tuple[int, Any]) -> Timeline:
    return tuple(ChangePoint(at(hour), value) for hour, value in points)


@pytest.mark.parametrize(
    ("points", "hour", "value", "last", "expected"),
    [
        (line((0, "a")), 5, "a", 4, line((0, "a"))),
        (line((0, "a")), 5, "b", 4, line((0, "a"), (5, "b"))),
        (line((0, "a"), (5, "b")), 5, "b", 5, line((0, "a"), (5, "b"))),
        (line((0, "a"), (5, "b")), 5, "c", 5, line((0, "a"), (5, "b"))),
        (line((0, "a"), (5, "b")), 9, "a", 5, line((0, "a"), (5, "b"), (9, "a"))),
        (line((0, "a"), (5, "b")), 3, "b", 5, line((0, "a"), (3, "b"))),
        (line((0, "a"), (5, "b")), 3, "c", 5, line((0, "a"), (3, "c"), (5, "b"))),
        (line((0, "a")), 3, "b", 5, line((0, "a"), (3, "b"), (5, "a"))),
        (line((2, "a")), 1, "a", 5, line((1, "a"))),
        (line((2, "a")), 1, "b", 5, line((1, "b"), (2, "a"))),
        ((), 1, "a", 0, line((1, "a"))),
    ],
    ids=[
        "the same again",
        "a change",
        "a change twice",
        "two values at once",
        "back again",
        "the same change, seen earlier",
        "a change between two others",
        "a change that passed",
        "known for longer",
        "another value before",
        "the first",
    ],
)
def test_observation_is_inserted_in_order(
    points: Timeline, hour: int, value: str, last: int, expected: Timeline
) -> None:
    assert insert_observation(points, at(hour), value, at(last)) == expected


def replay(observations: tuple[tuple[int, str], ...]) -> Timeline:
    """Return the timeline of observations in the order in which they arrive."""
    points: Timeline = ()
    last = 0
    for hour, value in observations:
        points = insert_observation(points, at(hour), value, at(last))
        last = max(last, hour)
    return points


@pytest.mark.parametrize("order", list(permutations([(1, "a"), (2, "b"), (3, "c")])))
def test_changes_survive_any_order_of_arrival(order: Any) -> None:
    assert replay(order) == line((1, "a"), (2, "b"), (3, "c"))


OBSERVATIONS = st.lists(
    st.tuples(st.integers(0, 50), st.sampled_from("abc")), unique_by=lambda o: o[0], max_size=12
)


@given(OBSERVATIONS)
def test_timeline_is_ordered_and_without_repeats(observations: list[tuple[int, str]]) -> None:
    points = replay(tuple(observations))

    assert [p.moment for p in points] == sorted({p.moment for p in points})
    assert all(old.value != new.value for old, new in pairwise(points))
    assert replay(tuple(o for o in observations for _ in range(2))) == points


@given(OBSERVATIONS)
def test_no_observed_value_is_lost(observations: list[tuple[int, str]]) -> None:
    points = replay(tuple(observations))

    assert {p.value for p in points} == {value for _, value in observations}


def test_changes_have_moment_old_and_new_value() -> None:
    assert changes(line((0, "a"), (5, "b"), (9, "a"))) == [(at(5), "a", "b"), (at(9), "b", "a")]
