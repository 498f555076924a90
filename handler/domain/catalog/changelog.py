"""The changes of a whole catalog, newest first.

A changelog holds references only, so that it fits into the page cache. An event is loaded from
its model's history when it is shown.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.model_history import LISTED, Event, ModelHistory
from handler.domain.catalog.profile import Profile


class ChangeRef(NamedTuple):
    """A reference to an event of a model's history; `fact` is one of `model_history.FACTS`."""

    moment: datetime
    model_id: str
    fact: str


class Changelog(NamedTuple):
    """Every change of every model, newest first; `since` is the moment of the first list read."""

    since: datetime
    changes: tuple[ChangeRef, ...]

    def last_change(self) -> dict[str, datetime]:
        """Return the moment of the newest change by model id, for models that ever changed."""
        return {change.model_id: change.moment for change in reversed(self.changes)}


def build_changelog(catalog: Catalog) -> Changelog:
    """Return a catalog's changelog. Models of the first list, of unknown age, are not additions."""
    histories = {profile.model.id: profile.history for profile in catalog.profiles()}
    since = min((history.first_seen for history in histories.values()), default=catalog.as_of)
    changes = [
        ChangeRef(event.moment, model_id, event.fact)
        for model_id, history in histories.items()
        for event in public_events(history, since)
    ]
    changes.sort(key=lambda change: (change.model_id, change.fact))
    changes.sort(key=lambda change: change.moment, reverse=True)
    return Changelog(since, tuple(changes))


def public_events(history: ModelHistory, since: datetime) -> Iterator[Event]:
    """Yield a model's events, newest first, and last its addition if that was after `since`."""
    yield from history.events()
    if history.first_seen > since:
        yield Event(history.first_seen, LISTED, None, True)


def load_event(profile: Profile, change: ChangeRef) -> Event:
    """Return the event that a reference to a profile's history stands for."""
    events = public_events(profile.history, datetime.min.replace(tzinfo=change.moment.tzinfo))
    key = (change.moment, change.fact)
    return next(event for event in events if (event.moment, event.fact) == key)
