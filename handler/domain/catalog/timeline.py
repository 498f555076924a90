"""Timelines of a fact: the moments at which its value was first seen to differ.

Observations may arrive late and repeatedly: a timeline depends on what was observed, not on the
order in which it arrived.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple

# A price that changes three times a day for five months. This bounds what upstream can add.
MAX_POINTS = 500


class ChangePoint(NamedTuple):
    """The value of a fact from the moment at which it was first seen."""

    moment: datetime
    value: Any


Timeline = tuple[ChangePoint, ...]
"""Points in order of time. Neighbours have different values, but for the first two of a timeline
that was thinned. Never empty."""


def insert_observation(
    points: Timeline, moment: datetime, value: Any, next_seen: datetime | None
) -> Timeline:
    """Return the timeline with one more observation, which replaces one of the same moment.

    `next_seen` is the moment of the next observation after it, None if it is the newest: what was
    the value at that moment stays it.
    """
    before = tuple(point for point in points if point.moment < moment)
    after = tuple(point for point in points if point.moment > moment)
    if next_seen and not (after and after[0].moment <= next_seen):
        after = (ChangePoint(next_seen, value_at(points, next_seen)), *after)
    if after and after[0].value == value:
        after = after[1:]
    if before and before[-1].value == value:
        return before + after
    return (*before, ChangePoint(moment, value), *after)


def value_at(points: Timeline, moment: datetime) -> Any:
    """Return the value at a moment, None before the first point."""
    return next((point.value for point in reversed(points) if point.moment <= moment), None)


def thin(points: Timeline) -> Timeline:
    """Return MAX_POINTS points at most: the first, which dates the history, and the newest.

    Which points stay depends on their moments alone, so that it is the same in every order.
    """
    return points if len(points) <= MAX_POINTS else (points[0], *points[1 - MAX_POINTS :])


def changes(points: Sequence[ChangePoint]) -> list[tuple[datetime, Any, Any]]:
    """Return the moment, old value and new value of each change, oldest first."""
    return [
        (new.moment, old.value, new.value)
        for old, new in pairwise(points)
        if old.value != new.value
    ]
