"""The log of every model list that was read, by which a late list finds its place."""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from datetime import datetime

from handler.domain.catalog.coverage import Reading

# Hourly lists of fourteen months. What is known from older lists stays.
MAX_READINGS = 10_000
# No real list has had one. More of them count in their own list alone.
_MAX_UNREADABLE_IDS = 200


class ReadingLog:
    """Readings by moment, the oldest first, with a list that was just added.

    `added` is its reading, `replaced` the one that the log had of the same moment.
    """

    def __init__(
        self, readings: Sequence[Reading], added: Reading, readable_ids: Collection[str]
    ) -> None:
        """Add a list to a log. `readable_ids` are the models that any list of its moment has.

        Lists of one moment count as one list, which covers what either covers.
        """
        by_moment = {reading.moment: reading for reading in readings}
        self.replaced = by_moment.get(added.moment)
        if self.replaced:
            added = _merge_readings(self.replaced, added)
        self.added = added._replace(unreadable_ids=added.unreadable_ids.difference(readable_ids))
        by_moment[added.moment] = self.added
        self._by_moment = by_moment
        self._moments = sorted(by_moment)

    def at(self, moment: datetime) -> Reading | None:
        """Return the reading of a moment."""
        return self._by_moment.get(moment)

    def after(self, moment: datetime) -> list[Reading]:
        """Return the readings later than a moment."""
        later = self._moments[bisect_right(self._moments, moment) :]
        return [self._by_moment[each] for each in later]

    def newest(self) -> tuple[Reading, ...]:
        """Return the log as it is stored: MAX_READINGS at most, the oldest left out."""
        newest = (self._by_moment[each] for each in self._moments[-MAX_READINGS:])
        return tuple(map(_bound_ids, newest))


def _merge_readings(one: Reading, other: Reading) -> Reading:
    unreadable_ids = one.unreadable_ids | other.unreadable_ids
    return Reading(one.moment, one.coverage.union(other.coverage), unreadable_ids)


def _bound_ids(reading: Reading) -> Reading:
    ids = reading.unreadable_ids
    if len(ids) <= _MAX_UNREADABLE_IDS:
        return reading
    return reading._replace(unreadable_ids=frozenset(sorted(ids)[:_MAX_UNREADABLE_IDS]))
