"""A cache of the stored catalog in this process, which outlives failures of the store."""

import logging
from collections.abc import Callable
from functools import partial

from handler.domain.catalog.catalog import Catalog
from handler.domain.errors import StoreError
from handler.domain.snapshot.decode import decode
from handler.ports import START_BYTES, ObjectStart, SnapshotReader

REVALIDATE_SECONDS = 60.0
RETRY_EMPTY_SECONDS = 2.0

_log = logging.getLogger(__name__)


class CachedCatalog:
    """The last good catalog, revalidated at most once in REVALIDATE_SECONDS."""

    def __init__(self, reader: SnapshotReader, clock: Callable[[], float]) -> None:
        """Take a monotonic clock in seconds."""
        self._reader = reader
        self._clock = clock
        self._catalog: Catalog | None = None
        self._etag = ""
        self._revalidate_at = clock()
        self._error = StoreError("the store has not been read yet")

    def get(self) -> Catalog:
        """Return the newest catalog that could be read. Raises StoreError if there is none."""
        if self._clock() >= self._revalidate_at:
            self.revalidate()
        if self._catalog is None:
            raise self._error
        return self._catalog

    def revalidate(self) -> None:
        """Read the store if it has changed. `get` raises the error if no catalog was ever read."""
        try:
            start = self._reader.read_start(START_BYTES, self._etag)
            if start:
                self._catalog, self._etag = self._decode(start), start.etag
        except StoreError as error:
            _log.warning("no new snapshot: %s", error)
            self._error = error
        pause = REVALIDATE_SECONDS if self._catalog else RETRY_EMPTY_SECONDS
        self._revalidate_at = self._clock() + pause

    def _decode(self, start: ObjectStart) -> Catalog:
        read_range = partial(self._reader.read_range, etag=start.etag)
        return decode(start.body, start.size, read_range)
