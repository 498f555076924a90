"""Change what is stored, however many others do so at the same time."""

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass

from handler.domain.catalog.catalog import Catalog, Contents
from handler.domain.errors import (
    InvalidSnapshot,
    NewerSnapshot,
    SnapshotMissing,
    StoreError,
    WriteConflict,
)
from handler.domain.snapshot import codec
from handler.ports import Archive, SnapshotStore

MOST_ATTEMPTS = 5
_LONGEST_FIRST_PAUSE_SECONDS = 0.1

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Update:
    """What was stored before and after a change; `written` is whether they differ.

    `started_over` is whether something was stored that could not be read, and is archived now.
    """

    before: Contents | None
    after: Contents
    written: bool
    started_over: bool = False


class Keeper:
    """Changes one store, and archives what the changes came from."""

    def __init__(
        self,
        store: SnapshotStore,
        archive: Archive,
        sleep: Callable[[float], None],
        new_run: Callable[[], str],
    ) -> None:
        """Take a sleep in seconds, and what makes a name that no other update has."""
        self._store = store
        self._archive = archive
        self._sleep = sleep
        self._new_run = new_run

    def update(self, change: Callable[[Contents | None], Contents]) -> Update:
        """Store what a change makes of what is stored, and return both.

        Where somebody else wrote in between, the change is made again to what they wrote. A write
        of our own whose answer was lost is known by the name of its run.
        Raises StoreError, and whatever the change raises; the store then stays as it was.
        """
        run = self._new_run()
        last: Update | None = None
        for attempt in range(MOST_ATTEMPTS):
            known, tag = self._stored()
            if last and known and known.run == run:
                return last
            before = known.contents() if known else None
            after = change(before)
            unreadable = before is None and tag is not None
            last = Update(before, after, written=after != before, started_over=unreadable)
            if not last.written:
                return last
            try:
                self._store.write(codec.encode(after, run), tag)
            except WriteConflict:
                self._sleep(random.uniform(0, _LONGEST_FIRST_PAUSE_SECONDS * 2**attempt))  # noqa: S311 - jitter
            else:
                return last
        raise WriteConflict(f"another writer was faster {MOST_ATTEMPTS} times: nothing was written")

    def contents(self) -> Contents:
        """Return what is stored. Raises StoreError where it is nothing that can be read."""
        return codec.decode(self._store.read().body).contents()

    def archive(self, name: str, body: bytes) -> None:
        """Keep a body if that can be done: a refresh is worth more than its explanation."""
        try:
            self._archive.keep(name, body)
        except StoreError as error:
            _log.warning("not archived: %s", error)

    def _stored(self) -> tuple[Catalog | None, str | None]:
        """Return what is stored and its tag.

        A snapshot that cannot be read is there to be replaced, but not to be lost; one of newer
        code is not to be replaced.
        """
        try:
            stored = self._store.read()
        except SnapshotMissing:
            return None, None
        try:
            return codec.decode(stored.body), stored.tag
        except NewerSnapshot:
            raise
        except InvalidSnapshot as error:
            _log.error("starting over: %s", error)
            self._archive.keep(f"unreadable-{stored.tag.strip(chr(34))}", stored.body)
            return None, stored.tag
