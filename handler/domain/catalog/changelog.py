"""The changes of a whole catalog, newest first: what feeds show.

A refresh makes it of every history, and stores it: a line for the moment of the first list, then
one for each change. A feed reads as many as it shows, and no model. The oldest changes are left out
where all have too many bytes: the histories of models keep them.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple, Self

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.model_history import LISTED, Event, ModelHistory
from handler.domain.catalog.model_index import to_lines
from handler.domain.catalog.profile import Profile
from handler.domain.errors import BAD_SHAPE, InvalidSnapshot

# Seven real lists of fourteen months leave 210,000 bytes.
_MAX_BYTES = 4 * 1024 * 1024


class Change(NamedTuple):
    """An event of a model's history, with what it takes to describe it.

    `name` and `outputs`, the output modalities, are those of the model's newest record.
    """

    model_id: str
    name: str
    outputs: tuple[str, ...]
    event: Event


class Changelog:
    """Every change of every model; `since` is the moment of the first list that was read."""

    def __init__(self, since: datetime, lines: Sequence[bytes]) -> None:
        """Take the stored form of each change, the newest first."""
        self.since = since
        self._lines = lines

    @classmethod
    def from_text(cls, text: bytes) -> Self:
        """Return the changelog of its stored form."""
        since, *lines = text.splitlines()
        return cls(datetime.fromisoformat(json.loads(since)), lines)

    def to_text(self) -> bytes:
        """Return the stored form."""
        return b"\n".join([json.dumps(self.since.isoformat()).encode(), *self._lines, b""])

    def changes(self, part_of_id: str = "") -> Iterator[Change]:
        """Return the changes of the models whose id has a part, the newest change first."""
        part = part_of_id.encode()
        changes = (_change_from_json(line) for line in self._lines if part in line)
        return (change for change in changes if part_of_id in change.model_id)


def build_changelog(profiles: Sequence[Profile], as_of: datetime) -> Changelog:
    """Return a catalog's changelog. Models of the first list, of unknown age, are not additions."""
    since = min((profile.history.first_seen for profile in profiles), default=as_of)
    changes = [
        Change(profile.model.id, profile.model.name, profile.model.output_modalities, event)
        for profile in profiles
        for event in public_events(profile.history, since)
    ]
    changes.sort(key=lambda change: (change.model_id, change.event.fact))
    changes.sort(key=lambda change: change.event.moment, reverse=True)
    return Changelog(since, list(_newest_lines(changes)))


def load_changelog(catalog: Catalog) -> Changelog:
    """Return the changelog of a catalog, of the readable profiles where the snapshot has none.

    Raises InvalidSnapshot if it cannot be read.
    """
    text = catalog.parts.changes()
    if text is None:
        return build_changelog(list(catalog.readable_profiles([])), catalog.as_of)
    try:
        return Changelog.from_text(text)
    except BAD_SHAPE as error:
        raise InvalidSnapshot(f"the changes cannot be read: {error!r}") from error


def public_events(history: ModelHistory, since: datetime) -> Iterator[Event]:
    """Yield a model's events, newest first, and last its addition if that was after `since`."""
    yield from history.events()
    if history.first_seen > since:
        yield Event(history.first_seen, LISTED, None, True)


def _newest_lines(changes: Iterable[Change]) -> Iterator[bytes]:
    """Yield the stored form of changes, the newest first, as long as they fit."""
    size = 0
    for change in changes:
        line = to_lines([_change_to_json(change)]).rstrip(b"\n")
        size += len(line)
        if size > _MAX_BYTES:
            return
        yield line


def _change_to_json(change: Change) -> list[Any]:
    moment, fact, before, after = change.event
    return [change.model_id, change.name, change.outputs, moment.isoformat(), fact, before, after]


def _change_from_json(line: bytes) -> Change:
    model_id, name, outputs, moment, fact, before, after = json.loads(line)
    event = Event(datetime.fromisoformat(moment), fact, before, after)
    return Change(model_id, name, tuple(outputs), event)
