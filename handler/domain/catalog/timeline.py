"""Timelines of a fact: the moments at which its value was first seen to differ.

Observations may arrive late and repeatedly. In any order each records its change once, and none
removes the change of another.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple


class ChangePoint(NamedTuple):
    """The value of a fact from the moment at which it was first seen."""

    moment: datetime
    value: Any


Timeline = tuple[ChangePoint, ...]
"""Points in order of time. Neighbours have different values. Never empty."""


def insert_observation(
    points: Timeline, moment: datetime, value: Any, last_read: datetime
) -> Timeline:
    """Return the timeline with one more observation.

    `last_read` is the moment of the newest observation so far, which saw the last point's value.
    Of two different observations at one moment the first one stays.
    """
    index = sum(point.moment <= moment for point in points) - 1
    before, after = points[: index + 1], points[index + 1 :]
    if before and (before[-1].value == value or before[-1].moment == moment):
        return points
    if after and after[0].value == value:
        return (*before, ChangePoint(moment, value), *after[1:])
    if before and not after and moment == last_read:
        return points
    if before and not after and moment < last_read:
        # A late observation: the value before it was seen again by the newest one.
        after = (ChangePoint(last_read, before[-1].value),)
    return (*before, ChangePoint(moment, value), *after)


def changes(points: Sequence[ChangePoint]) -> list[tuple[datetime, Any, Any]]:
    """Return the moment, old value and new value of each change, oldest first."""
    return [(new.moment, old.value, new.value) for old, new in pairwise(points)]
