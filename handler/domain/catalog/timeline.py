"""What one fact has been over time: the moments at which it was first seen to differ.

Observations may come late and more than once. Whatever their order, each makes its change once and
none takes another's away.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple


class ChangePoint(NamedTuple):
    """From this moment on, as far as anybody looked, the fact had this value."""

    moment: datetime
    value: Any


Timeline = tuple[ChangePoint, ...]
"""Points in order of time, of which no two neighbours have one value. Never empty."""


def insert_observation(
    points: Timeline, moment: datetime, value: Any, last_look: datetime
) -> Timeline:
    """Return the timeline with one more observation; `last_look` is when the last one was made.

    Where two observations of one moment differ, the one that was there stays: the last look saw
    what the last point says.
    """
    index = sum(point.moment <= moment for point in points) - 1
    before, after = points[: index + 1], points[index + 1 :]
    if before and (before[-1].value == value or before[-1].moment == moment):
        return points
    if after and after[0].value == value:
        return (*before, ChangePoint(moment, value), *after[1:])
    if before and not after and moment == last_look:
        return points
    if before and not after and moment < last_look:
        after = (ChangePoint(last_look, before[-1].value),)  # what the last look saw still holds
    return (*before, ChangePoint(moment, value), *after)


def changes(points: Sequence[ChangePoint]) -> list[tuple[datetime, Any, Any]]:
    """Return when the fact changed, from what and to what, oldest first."""
    return [(new.moment, old.value, new.value) for old, new in pairwise(points)]
