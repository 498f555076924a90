"""Keep one snapshot in the process, young enough, through everything that a store may do."""

import logging
from collections.abc import Callable

from handler.domain.catalog.catalog import Catalog
from handler.domain.errors import StoreError
from handler.domain.snapshot import codec
from handler.ports import SnapshotReader

REVALIDATE_SECONDS = 60.0
RETRY_EMPTY_SECONDS = 2.0

_log = logging.getLogger(__name__)


class CachedCatalog:
    """The catalog of the store, read again at most once in REVALIDATE_SECONDS.

    A store that fails, or that holds something unreadable, leaves the last good catalog in place.
    """

    def __init__(self, reader: SnapshotReader, clock: Callable[[], float]) -> None:
        """Take a clock that returns seconds and never goes back."""
        self._reader = reader
        self._clock = clock
        self._catalog: Catalog | None = None
        self._tag = ""
        self._next_look = clock()
        self._failure = StoreError("the store has not been read yet")

    def get(self) -> Catalog:
        """Return the youngest catalog known. Raises StoreError only where none was ever read."""
        if self._clock() >= self._next_look:
            self.revalidate()
        if self._catalog is None:
            raise self._failure
        return self._catalog

    def revalidate(self) -> None:
        """Read the store now, if it has something new; a failure is kept for `current` to raise."""
        try:
            self._load()
        except StoreError as error:
            _log.warning("no new snapshot: %s", error)
            self._failure = error
        pause = REVALIDATE_SECONDS if self._catalog else RETRY_EMPTY_SECONDS
        self._next_look = self._clock() + pause

    def _load(self) -> None:
        stored = self._reader.read_if_changed(self._tag) if self._tag else self._reader.read()
        if stored:
            self._catalog = codec.decode(stored.body)
            self._tag = stored.etag
