"""Read and update the stored snapshot, next to other writers."""

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass

from handler.domain.catalog.catalog import CatalogData
from handler.domain.catalog.feed_authority import fix_authority
from handler.domain.errors import (
    InvalidSnapshot,
    SnapshotGone,
    SnapshotMissing,
    StoreError,
    UnsupportedSnapshotFormat,
    WriteConflict,
)
from handler.domain.snapshot.decode import decode_whole
from handler.domain.snapshot.encode import encode
from handler.domain.snapshot.readable import check_readable
from handler.domain.snapshot.text_size import SnapshotLimits
from handler.ports import START_BYTES, Archive, SnapshotStore, StoredObject

MAX_ATTEMPTS = 5
_RESTORE = (
    "it was deleted. Restore it with scripts/rollback or from a backup, or begin a new history "
    "with scripts/refresh --start-over"
)
_MAX_FIRST_BACKOFF_SECONDS = 0.1

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class UpdateResult:
    """The catalog before and after an update; `changed` is whether they differ.

    `replaced_corrupt` is whether the stored snapshot, or part of it, could not be read; it is
    archived then, and what could be read is kept.
    """

    before: CatalogData | None
    after: CatalogData
    changed: bool
    replaced_corrupt: bool = False


@dataclass(frozen=True, slots=True)
class _Current:
    """What the store has: no ETag if nothing, no data if nothing of it can be read."""

    etag: str | None = None
    run: str = ""
    data: CatalogData | None = None
    is_damaged: bool = False


class SnapshotRepository:
    """The snapshot of one store, and the archive of the bodies that it was made from."""

    def __init__(
        self,
        store: SnapshotStore,
        archive: Archive,
        sleep: Callable[[float], None],
        new_run_id: Callable[[], str],
        limits: SnapshotLimits | None = None,
        new_authority: str = "",
    ) -> None:
        """Take a sleep in seconds, and a function that returns unique ids.

        `new_authority` is that of the feeds of a first snapshot.
        """
        self._store = store
        self._archive = archive
        self._sleep = sleep
        self._new_run_id = new_run_id
        self._limits = limits or SnapshotLimits()
        self._new_authority = new_authority
        self._may_start_over = False
        self._written: _Current | None = None

    def start_over(self) -> None:
        """Let the next update make a new snapshot where the stored one was deleted."""
        self._may_start_over = True

    def update(self, change: Callable[[CatalogData | None], CatalogData]) -> UpdateResult:
        """Apply a change to the stored catalog, store the result, and return both.

        The change is applied again if another writer was faster. A write that succeeded although
        its response was lost is recognized by its run id.
        Raises OverBudget, StoreError and all that the change raises; the store stays as it was.
        """
        run_id = self._new_run_id()
        result: UpdateResult | None = None
        for attempt in range(MAX_ATTEMPTS):
            current = self._read_current()
            if result and current.run == run_id:
                return result
            before, etag = current.data, current.etag
            after = self._with_authority(change(before), has_feeds=before is not None)
            is_new = after != before or current.is_damaged
            result = UpdateResult(before, after, is_new, replaced_corrupt=current.is_damaged)
            if not result.changed:
                return result
            try:
                written_etag = self._store.put(self._encode(after, run_id), etag)
            except WriteConflict:
                self._sleep(random.uniform(0, _MAX_FIRST_BACKOFF_SECONDS * 2**attempt))  # noqa: S311 - jitter
            else:
                self._written = _Current(written_etag, run_id, after)
                return result
        raise WriteConflict(f"another writer was faster {MAX_ATTEMPTS} times: nothing was written")

    def _with_authority(self, data: CatalogData, *, has_feeds: bool) -> CatalogData:
        """Return the catalog with an authority for its feeds. One that is stored never changes."""
        if data.feed_authority or not self._new_authority:
            return data
        return data._replace(feed_authority=fix_authority(self._new_authority, has_feeds=has_feeds))

    def _encode(self, data: CatalogData, run_id: str) -> bytes:
        """Return the snapshot of a catalog, of which every part has been read once."""
        snapshot = encode(data, run_id, self._limits)
        try:
            check_readable(decode_whole(snapshot))
        except InvalidSnapshot as error:
            raise InvalidSnapshot(f"nothing was written, it could not be read: {error}") from error
        return snapshot

    def load(self) -> CatalogData:
        """Return the stored catalog. Raises StoreError if there is none that can be read."""
        return decode_whole(self._store.read().body).load_all()

    def archive(self, name: str, body: bytes) -> None:
        """Archive a body. A failure is only logged: the refresh matters more than its archive."""
        try:
            self._archive.put(name, body)
        except StoreError as error:
            _log.warning("not archived: %s", error)

    def _read_current(self) -> _Current:
        """Return what can be read of the stored snapshot.

        One that is damaged is archived, and may be replaced. One of a newer format must not be.
        What this repository wrote is not decoded again, which would double the memory.
        """
        try:
            written = self._written
            if written and not self._store.read_start(START_BYTES, written.etag or ""):
                return written
            stored = self._read_stored()
        except SnapshotMissing:
            return _Current()
        try:
            catalog = decode_whole(stored.body)
        except UnsupportedSnapshotFormat:
            raise
        except InvalidSnapshot as error:
            _log.error("starting over: %s", error)
            self._archive_damaged(stored)
            return _Current(stored.etag, is_damaged=True)
        data, errors = catalog.load_readable()
        if errors:
            _log.error("%d parts are lost, the first: %s", len(errors), errors[0])
            self._archive_damaged(stored)
        return _Current(stored.etag, catalog.run, data, is_damaged=bool(errors))

    def _read_stored(self) -> StoredObject:
        """Return the stored snapshot. Raises SnapshotMissing, or SnapshotGone if there was one."""
        try:
            return self._store.read()
        except SnapshotMissing:
            if self._may_start_over or not self._store.was_written():
                raise
        try:  # another refresh may have written the first one meanwhile
            return self._store.read()
        except SnapshotMissing as error:
            raise SnapshotGone(f"{error}, and it did: {_RESTORE}") from error

    def _archive_damaged(self, stored: StoredObject) -> None:
        etag = stored.etag.replace('"', "")
        self._archive.put(f"unreadable-{etag}", stored.body)
