"""The past of a whole catalog in brief: what happened when, to which model, newest first.

It is made in one pass, and small enough to be kept: the words are made of the models themselves.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.model_history import LISTED, Event, ModelHistory
from handler.domain.catalog.profile import Profile


class ChangeRef(NamedTuple):
    """That something happened to a model: `fact` is one of history.FACTS."""

    moment: datetime
    model_id: str
    fact: str


class Changelog(NamedTuple):
    """Every change of every model, newest first, and `since` when anybody looked."""

    since: datetime
    changes: tuple[ChangeRef, ...]

    def last_change(self) -> dict[str, datetime]:
        """Return when each model that ever changed last did."""
        return {change.model_id: change.moment for change in reversed(self.changes)}


def build_changelog(catalog: Catalog) -> Changelog:
    """Return the chronicle of a catalog that has models.

    Models that were there at the first look of all are not news, for nobody knows since when.
    """
    histories = {profile.model.id: profile.history for profile in catalog.profiles()}
    since = min((history.first_seen for history in histories.values()), default=catalog.as_of)
    found = (
        ChangeRef(event.moment, model_id, event.fact)
        for model_id, history in histories.items()
        for event in public_events(history, since)
    )
    order = sorted(found, key=lambda change: (change.model_id, change.fact))
    return Changelog(since, tuple(sorted(order, key=lambda change: change.moment, reverse=True)))


def public_events(history: ModelHistory, since: datetime) -> Iterator[Event]:
    """Yield what happened to a model, newest first: last that it was added, if that was later."""
    yield from history.events()
    if history.first_seen > since:
        yield Event(history.first_seen, LISTED, None, True)


def load_event(profile: Profile, change: ChangeRef) -> Event:
    """Return what a change of the chronicle was, from the model that it happened to."""
    found = public_events(profile.history, datetime.min.replace(tzinfo=change.moment.tzinfo))
    wanted = (change.moment, change.fact)
    return next(event for event in found if (event.moment, event.fact) == wanted)
