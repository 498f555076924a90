"""In which lists a model stood, as lists arrive in any order: the PRESENCE timeline."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from handler.domain.catalog.coverage import NOTHING, Coverage, Reading
from handler.domain.catalog.timeline import ChangePoint, Timeline, thin, value_at
from handler.domain.ingest.readings import ReadingLog


def first_presence(model_id: str, log: ReadingLog) -> Timeline:
    """Return the timeline of a model that only the added list has."""
    moment = log.added.moment
    absences = (
        ChangePoint(reading.moment, reading.coverage.to_json())
        for reading in log.after(moment)
        if model_id not in reading.unreadable_ids
    )
    return thin(tuple(_find_changes([ChangePoint(moment, True), *absences])))


def insert_listing(points: Timeline, model_id: str, log: ReadingLog) -> Timeline:
    """Return the timeline with the added list, which has the model."""
    if is_present(points, log.added.moment):
        return points
    return _insert(points, model_id, True, log)


def insert_absence(points: Timeline, model_id: str, log: ReadingLog) -> Timeline:
    """Return the timeline with the added list, which has no readable record of the model."""
    added, replaced = log.added, log.replaced
    if added.moment < points[0].moment:
        return points
    if is_present(points, added.moment):
        # Another list of the same moment has it, or has a record that could not be read.
        is_known = replaced is not None or model_id in added.unreadable_ids
    else:
        is_known = replaced in (None, added) and (
            model_id in added.unreadable_ids or _is_absent(points, added)
        )
    return points if is_known else _insert(points, model_id, added.coverage.to_json(), log)


def is_present(points: Timeline, moment: datetime) -> bool:
    """Return whether the last list up to a moment that says so has the model."""
    return value_at(points, moment) is True


def had_record(points: Timeline, model_id: str, reading: Reading) -> bool:
    """Return whether a list of the log had a readable record of the model."""
    return model_id not in reading.unreadable_ids and is_present(points, reading.moment)


def next_listing(points: Timeline, model_id: str, log: ReadingLog) -> datetime | None:
    """Return the moment of the next list after the added one with a record that could be read."""
    moment = log.added.moment
    # The log may have forgotten the list of a point.
    listings = [point.moment for point in points if point.value is True and point.moment > moment]
    for reading in log.after(moment):
        if had_record(points, model_id, reading):
            return min([reading.moment, *listings])
    return min(listings, default=None)


def _is_absent(points: Timeline, reading: Reading) -> bool:
    """Return whether lists of the same coverage, since the model was last there, lacked it."""
    lacking = NOTHING
    for point in points:
        if point.moment <= reading.moment:
            is_listed = point.value is True
            lacking = NOTHING if is_listed else lacking.union(Coverage.from_json(point.value))
    return lacking.union(reading.coverage) == lacking


def _insert(points: Timeline, model_id: str, value: Any, log: ReadingLog) -> Timeline:
    observed = _observe_again(points, model_id, value, log)
    return thin(tuple(_find_changes(observed)))


def _observe_again(
    points: Timeline, model_id: str, value: Any, log: ReadingLog
) -> Iterator[ChangePoint]:
    """Yield what each list since the first with the model says of it; `value` is the added one's.

    The log may have forgotten the list of a point, whose value then says it.
    """
    stored, added = dict(points), log.added.moment
    start = min(points[0].moment, added)
    later = [reading.moment for reading in log.after(start)]
    was_present = False
    for moment in sorted({start, *stored, *later}):
        reading, known = log.at(moment), stored.get(moment)
        was_present = known is True if moment in stored else was_present
        if reading and model_id in reading.unreadable_ids:
            continue
        if moment == added:
            yield ChangePoint(moment, value)
        elif was_present:
            yield ChangePoint(moment, True)
        elif reading and moment not in stored:
            yield ChangePoint(moment, reading.coverage.to_json())
        else:
            yield ChangePoint(moment, known)


def _find_changes(observed: Iterable[ChangePoint]) -> Iterator[ChangePoint]:
    """Yield the points of a timeline: where the model comes, and where more lists lack it."""
    was_present, lacking = False, NOTHING
    for point in observed:
        if point.value is True:
            is_new, was_present, lacking = not was_present, True, NOTHING
        else:
            wider = lacking.union(Coverage.from_json(point.value))
            is_new, was_present, lacking = was_present or wider != lacking, False, wider
        if is_new:
            yield point
