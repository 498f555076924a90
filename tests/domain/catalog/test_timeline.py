from datetime import UTC, datetime, timedelta
from itertools import pairwise, permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handler.domain.catalog.timeline import (
    MAX_POINTS,
    ChangePoint,
    Timeline,
    changes,
    insert_observation,
    thin,
    value_at,
)

START = datetime(2026, 8, 1, tzinfo=UTC)


def at(hour: int) -> datetime:
    return START + timedelta(hours=hour)


def line(*points: tuple[int, Any]) -> Timeline:
    return tuple(ChangePoint(at(hour), value) for hour, value in points)


@pytest.mark.parametrize(
    ("points", "hour", "value", "next_seen", "expected"),
    [
        (line((0, "a")), 5, "a", None, line((0, "a"))),
        (line((0, "a")), 5, "b", None, line((0, "a"), (5, "b"))),
        (line((0, "a"), (5, "b")), 5, "b", None, line((0, "a"), (5, "b"))),
        (line((0, "a"), (5, "b")), 5, "c", None, line((0, "a"), (5, "c"))),
        (line((0, "a"), (5, "b")), 5, "a", None, line((0, "a"))),
        (line((0, "a"), (5, "b")), 5, "c", 6, line((0, "a"), (5, "c"), (6, "b"))),
        (line((0, "a"), (5, "b")), 9, "a", None, line((0, "a"), (5, "b"), (9, "a"))),
        (line((0, "a"), (5, "b")), 3, "b", 5, line((0, "a"), (3, "b"))),
        (line((0, "a"), (5, "b")), 3, "b", 4, line((0, "a"), (3, "b"), (4, "a"), (5, "b"))),
        (line((0, "a"), (5, "b")), 3, "c", 5, line((0, "a"), (3, "c"), (5, "b"))),
        (line((0, "a")), 3, "b", 4, line((0, "a"), (3, "b"), (4, "a"))),
        (line((2, "a")), 1, "a", 2, line((1, "a"))),
        (line((2, "a")), 1, "b", 2, line((1, "b"), (2, "a"))),
        ((), 1, "a", None, line((1, "a"))),
    ],
    ids=[
        "the same again",
        "a change",
        "a change twice",
        "another value in its place",
        "the value before in its place",
        "another value in its place, and the old one again",
        "back again",
        "the same change, seen earlier",
        "the same change, and back between",
        "a change between two others",
        "a change that passed",
        "known for longer",
        "another value before",
        "the first",
    ],
)
def test_observation_is_inserted_in_order(
    points: Timeline, hour: int, value: str, next_seen: int | None, expected: Timeline
) -> None:
    following = None if next_seen is None else at(next_seen)

    assert insert_observation(points, at(hour), value, following) == expected


def replay(observations: tuple[tuple[int, str], ...]) -> Timeline:
    """Return the timeline of observations in the order in which they arrive."""
    points: Timeline = ()
    seen: set[int] = set()
    for hour, value in observations:
        next_seen = min((other for other in seen if other > hour), default=None)
        points = insert_observation(
            points, at(hour), value, None if next_seen is None else at(next_seen)
        )
        seen.add(hour)
    return points


@pytest.mark.parametrize("order", list(permutations([(1, "a"), (2, "b"), (3, "c"), (4, "a")])))
def test_changes_are_the_same_in_any_order_of_arrival(order: Any) -> None:
    assert replay(order) == line((1, "a"), (2, "b"), (3, "c"), (4, "a"))


OBSERVATIONS = st.lists(
    st.tuples(st.integers(0, 50), st.sampled_from("abc")), unique_by=lambda o: o[0], max_size=12
)


@given(OBSERVATIONS)
def test_timeline_has_the_value_of_each_observation(observations: list[tuple[int, str]]) -> None:
    points = replay(tuple(observations))

    assert [p.moment for p in points] == sorted({p.moment for p in points})
    assert all(old.value != new.value for old, new in pairwise(points))
    assert [(h, value_at(points, at(h))) for h, _ in observations] == observations
    assert replay(tuple(sorted(observations))) == points
    assert replay(tuple(o for o in observations for _ in range(2))) == points


def test_a_thin_timeline_has_the_first_and_the_newest_points() -> None:
    points = line(*((hour, hour % 2) for hour in range(MAX_POINTS + 2)))

    assert thin(points) == (points[0], *points[3:])
    assert thin(points[:MAX_POINTS]) == points[:MAX_POINTS]


def test_changes_have_moment_old_and_new_value() -> None:
    assert changes(line((0, "a"), (5, "b"), (9, "a"))) == [(at(5), "a", "b"), (at(9), "b", "a")]


def test_thinned_neighbours_with_one_value_are_no_change() -> None:
    assert changes(line((0, "a"), (5, "a"), (9, "b"))) == [(at(9), "a", "b")]
