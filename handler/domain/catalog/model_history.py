"""A model's history: its prices, context length, name, expiry, and when it was listed.

Facts that change almost hourly and appear in no preview, such as benchmarks, are not tracked.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from handler.domain.catalog.coverage import Coverage
from handler.domain.catalog.model import Model
from handler.domain.catalog.timeline import ChangePoint, Timeline, changes
from handler.domain.pricing.normalize import normalize_pricing

PRICE = "price"
CONTEXT = "context"
NAME = "name"
EXPIRY = "expires"
LISTED = "listed"
FACTS = (PRICE, CONTEXT, NAME, EXPIRY, LISTED)

ALIAS_TARGET = "alias_target"
"""What an alias stood for: the models that it left are found by it."""
PRESENCE = "presence"
"""In which lists the model stood: True, or the stored form of a list's coverage without it.

Of the lists without it, the first is a point, and each that covers what none before covered.
LISTED follows from it by the outputs of the newest record, whatever the order of arrival was.
"""
_STORED_FACTS = (PRICE, CONTEXT, NAME, EXPIRY, ALIAS_TARGET, PRESENCE)


class Event(NamedTuple):
    """A change of one of FACTS, with values as `tracked_facts` returns them."""

    moment: datetime
    fact: str
    before: Any
    after: Any


class ModelHistory(NamedTuple):
    """A timeline for each of FACTS, whose last point has the last value that was read.

    ALIAS_TARGET and PRESENCE, which only a refresh reads, have timelines too.
    """

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

    def last_change(self) -> datetime:
        """Return the moment of the newest event, or when the model was first seen."""
        return max((event.moment for event in self.events()), default=self.first_seen)

    def events(self) -> list[Event]:
        """Return every change, newest first."""
        events = (
            Event(moment, fact, before, after)
            for fact in FACTS
            for moment, before, after in changes(self.timelines[fact])
        )
        return sorted(events, key=lambda event: event.moment, reverse=True)


def tracked_facts(model: Model) -> dict[str, Any]:
    """Return the values of a record, as JSON: one for each timeline of a model that is listed."""
    return {
        PRICE: normalize_pricing(model.pricing.schedule),
        CONTEXT: model.context_length,
        NAME: model.name,
        EXPIRY: model.expiration_date and model.expiration_date.isoformat(),
        LISTED: True,
        ALIAS_TARGET: model.alias_target,
        PRESENCE: True,
    }


def new_history(model: Model, moment: datetime) -> ModelHistory:
    """Return the history of a model first seen at a moment."""
    facts = tracked_facts(model)
    return ModelHistory({fact: (ChangePoint(moment, value),) for fact, value in facts.items()})


def with_listed(timelines: Mapping[str, Timeline], outputs: Collection[str]) -> ModelHistory:
    """Return the history of timelines, with LISTED as it follows from the model's outputs.

    A list without the model withdraws it, if it covers models with these outputs.
    """
    points: list[ChangePoint] = []
    for moment, value in timelines[PRESENCE]:
        is_listed = value is True
        is_known = is_listed or Coverage.from_json(value).includes(outputs)
        if is_known and not (points and points[-1].value == is_listed):
            points.append(ChangePoint(moment, is_listed))
    return ModelHistory({**timelines, LISTED: tuple(points)})


def to_json(history: ModelHistory) -> dict[str, Any]:
    """Return the stored form: the first moment, and the timelines with a change."""
    changed = {
        fact: [[moment.isoformat(), value] for moment, value in points]
        for fact in _STORED_FACTS
        if len(points := history.timelines[fact]) > 1
    }
    return {"since": history.first_seen.isoformat(), **changed}


def from_json(stored: Mapping[str, Any], model: Model) -> ModelHistory:
    """Return the history of a stored form; the model's own facts where no change is stored."""
    initial = new_history(model, datetime.fromisoformat(stored["since"])).timelines
    changed = {fact: _parse_points(stored[fact]) for fact in _STORED_FACTS if fact in stored}
    return with_listed({**initial, **changed}, model.output_modalities)


def _parse_points(stored: list[list[Any]]) -> Timeline:
    return tuple(ChangePoint(datetime.fromisoformat(moment), value) for moment, value in stored)
