"""A model's history: its prices, context length, name, expiry, and when it was listed.

Facts that change almost hourly and appear in no preview, such as benchmarks, are not tracked.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from handler.domain.catalog.model import Model
from handler.domain.catalog.timeline import ChangePoint, Timeline, changes, insert_observation
from handler.domain.pricing.normalize import normalize_pricing

PRICE = "price"
CONTEXT = "context"
NAME = "name"
EXPIRY = "expires"
LISTED = "listed"
FACTS = (PRICE, CONTEXT, NAME, EXPIRY, LISTED)

# Real models change a few times a year at most. This bounds what a broken upstream can add.
_MAX_POINTS = 200


class Event(NamedTuple):
    """A change of one of FACTS, with values as `tracked_facts` returns them."""

    moment: datetime
    fact: str
    before: Any
    after: Any


class ModelHistory(NamedTuple):
    """A timeline for each of FACTS, whose last point has the present value."""

    timelines: Mapping[str, Timeline]

    @property
    def first_seen(self) -> datetime:
        """When the model was first seen in a list."""
        return self.timelines[LISTED][0].moment

    @property
    def withdrawn(self) -> datetime | None:
        """When a list was first seen without the model, None while it is listed."""
        moment, listed = self.timelines[LISTED][-1]
        return None if listed else moment

    def events(self) -> list[Event]:
        """Return every change, newest first."""
        events = (
            Event(moment, fact, before, after)
            for fact in FACTS
            for moment, before, after in changes(self.timelines[fact])
        )
        return sorted(events, key=lambda event: event.moment, reverse=True)


def tracked_facts(model: Model) -> dict[str, Any]:
    """Return the present value of each of FACTS, as JSON values, of a model that is listed."""
    return {
        PRICE: normalize_pricing(model.pricing.schedule),
        CONTEXT: model.context_length,
        NAME: model.name,
        EXPIRY: model.expiration_date and model.expiration_date.isoformat(),
        LISTED: True,
    }


def new_history(model: Model, moment: datetime) -> ModelHistory:
    """Return the history of a model first seen at a moment."""
    facts = tracked_facts(model)
    return ModelHistory({fact: (ChangePoint(moment, value),) for fact, value in facts.items()})


def record_listing(
    history: ModelHistory, model: Model, moment: datetime, last_read: datetime
) -> ModelHistory:
    """Return the history with a list that has the model.

    `last_read` is the moment of the newest list so far: `moment` may be earlier.
    """
    return ModelHistory(
        {
            fact: _bounded(insert_observation(history.timelines[fact], moment, value, last_read))
            for fact, value in tracked_facts(model).items()
        }
    )


def record_absence(history: ModelHistory, moment: datetime, last_read: datetime) -> ModelHistory:
    """Return the history with a list that covers the model, but does not have it."""
    if moment < history.first_seen:
        return history
    listed = insert_observation(history.timelines[LISTED], moment, False, last_read)
    return ModelHistory({**history.timelines, LISTED: _bounded(listed)})


def matches_latest(history: ModelHistory, model: Model) -> bool:
    """Return whether a model's facts, LISTED aside, are the last ones of its history."""
    facts = tracked_facts(model)
    timelines = history.timelines
    return all(timelines[fact][-1].value == facts[fact] for fact in FACTS if fact != LISTED)


def _bounded(points: Timeline) -> Timeline:
    """Return _MAX_POINTS points at most: the first, which dates the history, and the newest."""
    while len(points) > _MAX_POINTS:
        first, _, *rest = points
        repeats_first = rest[0].value == first.value
        points = (first, *rest[repeats_first:])
    return points


def to_json(history: ModelHistory) -> dict[str, Any]:
    """Return the stored form: the first moment, and the timelines with a change."""
    changed = {
        fact: [[moment.isoformat(), value] for moment, value in points]
        for fact, points in history.timelines.items()
        if len(points) > 1
    }
    return {"since": history.first_seen.isoformat(), **changed}


def from_json(stored: Mapping[str, Any], model: Model) -> ModelHistory:
    """Return the history of a stored form; the model's own facts where no change is stored."""
    initial = new_history(model, datetime.fromisoformat(stored["since"])).timelines
    changed = {fact: _parse_points(stored[fact]) for fact in FACTS if fact in stored}
    return ModelHistory({**initial, **changed})


def _parse_points(stored: list[list[Any]]) -> Timeline:
    return tuple(ChangePoint(datetime.fromisoformat(moment), value) for moment, value in stored)
