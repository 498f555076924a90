"""What is remembered of a model's past: prices, context, name, expiry, and when it was listed.

What changes almost every hour and no preview is about, such as benchmarks, makes no history.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from handler.domain.catalog.model import Model
from handler.domain.catalog.timeline import ChangePoint, Timeline, changes, insert_observation
from handler.domain.pricing.schedule import normalize_pricing

PRICE = "price"
CONTEXT = "context"
NAME = "name"
EXPIRY = "expires"
LISTED = "listed"
FACTS = (PRICE, CONTEXT, NAME, EXPIRY, LISTED)

# Real models changed at most a few times in a year: this bounds what a mad upstream can make.
_MAX_POINTS = 200


class Event(NamedTuple):
    """A change of one of FACTS: `before` and `after` are values as `facts_of` gives them."""

    moment: datetime
    fact: str
    before: Any
    after: Any


class ModelHistory(NamedTuple):
    """A timeline for each of FACTS. The last point of each is what holds today."""

    timelines: Mapping[str, Timeline]

    @property
    def first_seen(self) -> datetime:
        """When the model was first seen listed, as far as anybody looked."""
        return self.timelines[LISTED][0].moment

    @property
    def withdrawn(self) -> datetime | None:
        """When it was first seen to be listed no longer, None while it is listed."""
        moment, listed = self.timelines[LISTED][-1]
        return None if listed else moment

    def events(self) -> list[Event]:
        """Return every change, newest first."""
        found = (
            Event(moment, fact, before, after)
            for fact in FACTS
            for moment, before, after in changes(self.timelines[fact])
        )
        return sorted(found, key=lambda event: event.moment, reverse=True)


def tracked_facts(model: Model) -> dict[str, Any]:
    """Return the present value of each of FACTS of a listed model, as JSON writes it."""
    return {
        PRICE: normalize_pricing(model.pricing.schedule),
        CONTEXT: model.context_length,
        NAME: model.name,
        EXPIRY: model.expiration_date and model.expiration_date.isoformat(),
        LISTED: True,
    }


def new_history(model: Model, moment: datetime) -> ModelHistory:
    """Return the history of a model that was first seen at a moment."""
    return ModelHistory(
        {fact: (ChangePoint(moment, value),) for fact, value in tracked_facts(model).items()}
    )


def record_listing(
    history: ModelHistory, model: Model, moment: datetime, last_look: datetime
) -> ModelHistory:
    """Return the history with a listing of the model; the list was last read at `last_look`."""
    return ModelHistory(
        {
            fact: _bounded(insert_observation(history.timelines[fact], moment, value, last_look))
            for fact, value in tracked_facts(model).items()
        }
    )


def record_absence(history: ModelHistory, moment: datetime, last_look: datetime) -> ModelHistory:
    """Return the history with a list that the model should have been in and was not."""
    if moment < history.first_seen:
        return history
    listed = insert_observation(history.timelines[LISTED], moment, False, last_look)
    return ModelHistory({**history.timelines, LISTED: _bounded(listed)})


def matches_latest(history: ModelHistory, model: Model) -> bool:
    """Return whether a model is what its history says last, of all but whether it is listed."""
    facts = tracked_facts(model)
    return all(
        points[-1].value == facts[fact]
        for fact, points in history.timelines.items()
        if fact != LISTED
    )


def _bounded(points: Timeline) -> Timeline:
    """Return the points without the oldest but the first, which says since when."""
    while len(points) > _MAX_POINTS:
        first, _, *rest = points
        skipped = rest[0].value == first.value
        points = (first, *rest[skipped:])
    return points


def to_json(history: ModelHistory) -> dict[str, Any]:
    """Return the compact form: the first moment, and the facts that ever changed."""
    changed = {
        fact: [[moment.isoformat(), value] for moment, value in points]
        for fact, points in history.timelines.items()
        if len(points) > 1
    }
    return {"since": history.first_seen.isoformat(), **changed}


def from_json(stored: Mapping[str, Any], model: Model) -> ModelHistory:
    """Return the history of the compact form of a model whose present facts are these."""
    since = datetime.fromisoformat(stored["since"])
    return ModelHistory(
        {
            fact: tuple(_points(stored[fact])) if fact in stored else (ChangePoint(since, value),)
            for fact, value in tracked_facts(model).items()
        }
    )


def _points(stored: list[list[Any]]) -> Iterator[ChangePoint]:
    return (ChangePoint(datetime.fromisoformat(moment), value) for moment, value in stored)
