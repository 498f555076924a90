"""The snapshot under the name of its format, or under the older name until that is written.

ETags of the older object have a prefix, so that they are never compared with those of the current
one: two objects may have equal ETags.
"""

from handler.domain.errors import SnapshotMissing
from handler.ports import ObjectStart, SnapshotReader, SnapshotStore, StoredObject

_OLDER = "older-"


class FallbackReader:
    """Reads the older object only if the current one is missing, not if it is damaged.

    A process that has read the current object does not go back to the older one.
    """

    def __init__(self, current: SnapshotReader, older: SnapshotReader) -> None:
        self.current = current
        self.older = older

    def read_start(self, max_bytes: int, known_etag: str = "") -> ObjectStart | None:
        """Return the beginning of the snapshot (see `ports.SnapshotReader`)."""
        knows_older = known_etag.startswith(_OLDER)
        try:
            return self.current.read_start(max_bytes, "" if knows_older else known_etag)
        except SnapshotMissing as missing:
            if known_etag and not knows_older:
                raise
            try:
                start = self.older.read_start(max_bytes, known_etag.removeprefix(_OLDER))
            except SnapshotMissing:
                raise missing from None
            return start and start._replace(etag=_OLDER + start.etag)

    def read_range(self, start: int, stop: int, etag: str) -> bytes:
        """Return bytes of the snapshot that has an ETag."""
        reader = self.older if etag.startswith(_OLDER) else self.current
        return reader.read_range(start, stop, etag.removeprefix(_OLDER))


class FallbackStore(FallbackReader):
    """Reads like FallbackReader, and writes only the current object."""

    def __init__(self, current: SnapshotStore, older: SnapshotStore) -> None:
        super().__init__(current, older)
        self._stores = (current, older)

    def read(self) -> StoredObject:
        """Return the stored snapshot (see `ports.SnapshotStore`)."""
        current, older = self._stores
        try:
            return current.read()
        except SnapshotMissing as missing:
            try:
                stored = older.read()
            except SnapshotMissing:
                raise missing from None
            return stored._replace(etag=_OLDER + stored.etag)

    def was_written(self) -> bool:
        """Return whether the current object was ever written."""
        return self._stores[0].was_written()

    def put(self, body: bytes, if_match: str | None) -> str:
        """Replace the current object, or create it if the older one was read."""
        was_older = if_match is not None and if_match.startswith(_OLDER)
        return self._stores[0].put(body, None if was_older else if_match)
