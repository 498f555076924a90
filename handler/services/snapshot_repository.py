"""Change what is stored, however many others do so at the same time."""

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass

from handler.domain.catalog.catalog import Catalog, CatalogData
from handler.domain.errors import (
    InvalidSnapshot,
    SnapshotMissing,
    StoreError,
    UnsupportedSnapshotFormat,
    WriteConflict,
)
from handler.domain.snapshot import codec
from handler.ports import Archive, SnapshotStore

MAX_ATTEMPTS = 5
_MAX_FIRST_BACKOFF_SECONDS = 0.1

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class UpdateResult:
    """What was stored before and after a change; `written` is whether they differ.

    `replaced_corrupt` is whether something was stored that could not be read, and is archived now.
    """

    before: CatalogData | None
    after: CatalogData
    changed: bool
    replaced_corrupt: bool = False


class SnapshotRepository:
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

    def update(self, change: Callable[[CatalogData | None], CatalogData]) -> UpdateResult:
        """Store what a change makes of what is stored, and return both.

        Where somebody else wrote in between, the change is made again to what they wrote. A write
        of our own whose answer was lost is known by the name of its run.
        Raises StoreError, and whatever the change raises; the store then stays as it was.
        """
        run = self._new_run()
        last: UpdateResult | None = None
        for attempt in range(MAX_ATTEMPTS):
            known, tag = self._read_current()
            if last and known and known.run == run:
                return last
            before = known.load_all() if known else None
            after = change(before)
            unreadable = before is None and tag is not None
            last = UpdateResult(before, after, changed=after != before, replaced_corrupt=unreadable)
            if not last.changed:
                return last
            try:
                self._store.put(codec.encode(after, run), tag)
            except WriteConflict:
                self._sleep(random.uniform(0, _MAX_FIRST_BACKOFF_SECONDS * 2**attempt))  # noqa: S311 - jitter
            else:
                return last
        raise WriteConflict(f"another writer was faster {MAX_ATTEMPTS} times: nothing was written")

    def load(self) -> CatalogData:
        """Return what is stored. Raises StoreError where it is nothing that can be read."""
        return codec.decode(self._store.read().body).load_all()

    def archive(self, name: str, body: bytes) -> None:
        """Keep a body if that can be done: a refresh is worth more than its explanation."""
        try:
            self._archive.put(name, body)
        except StoreError as error:
            _log.warning("not archived: %s", error)

    def _read_current(self) -> tuple[Catalog | None, str | None]:
        """Return what is stored and its tag.

        A snapshot that cannot be read is there to be replaced, but not to be lost; one of newer
        code is not to be replaced.
        """
        try:
            stored = self._store.read()
        except SnapshotMissing:
            return None, None
        try:
            return codec.decode(stored.body), stored.etag
        except UnsupportedSnapshotFormat:
            raise
        except InvalidSnapshot as error:
            _log.error("starting over: %s", error)
            self._archive.put(f"unreadable-{stored.etag.strip(chr(34))}", stored.body)
            return None, stored.etag
