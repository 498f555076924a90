"""A snapshot in a folder: the store of one machine."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from handler.domain.errors import (
    InvalidSnapshot,
    SnapshotMissing,
    SnapshotReplaced,
    StoreUnavailable,
    WriteConflict,
)
from handler.domain.snapshot.names import MARKER_NAME, OBJECT_NAME
from handler.ports import ObjectStart, StoredObject

_TEMPORARY_PREFIX = ".new-"


class FileStore:
    """One file, replaced by renaming, so that readers see either the old or the new snapshot.

    The ETag is made of the file's inode, time and size, which every replacement changes.
    """

    def __init__(self, folder: Path, name: str = OBJECT_NAME) -> None:
        self._folder = folder
        self._path = folder / name
        self._marker = folder / MARKER_NAME

    def read(self) -> StoredObject:
        """Return the stored snapshot (see `ports.SnapshotStore`)."""
        with self._store_errors(), self._path.open("rb") as file:
            return StoredObject(file.read(), _etag(os.fstat(file.fileno())))

    def read_start(self, max_bytes: int, known_etag: str = "") -> ObjectStart | None:
        """Return the beginning of the snapshot (see `ports.SnapshotReader`)."""
        with self._store_errors(), self._path.open("rb") as file:
            status = os.fstat(file.fileno())
            if _etag(status) == known_etag:
                return None
            return ObjectStart(file.read(max_bytes), _etag(status), status.st_size)

    def read_range(self, start: int, stop: int, etag: str) -> bytes:
        """Return bytes of the snapshot that has an ETag (see `ports.SnapshotReader`)."""
        try:
            with self._store_errors(), self._path.open("rb") as file:
                stored = _etag(os.fstat(file.fileno()))
                file.seek(start)
                body = file.read(stop - start)
        except SnapshotMissing as error:
            raise SnapshotReplaced(f"{self._path} was removed since it was read") from error
        if stored != etag:
            raise SnapshotReplaced(f"{self._path} was replaced since it was read")
        if len(body) != stop - start:
            raise InvalidSnapshot(f"{self._path} ends before byte {stop}")
        return body

    def was_written(self) -> bool:
        """Return whether a snapshot was ever written (see `ports.SnapshotStore`)."""
        return self._marker.exists()

    def put(self, body: bytes, if_match: str | None) -> str:
        """Replace the snapshot that has an ETag (see `ports.SnapshotStore`)."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with (self._folder / ".lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                self._check_etag(if_match)
                self._remove_leftovers()
                etag = self._replace(body)
                self._marker.touch()
                return etag
        except OSError as error:
            raise StoreUnavailable(f"cannot write {self._path}: {error}") from error

    def _check_etag(self, etag: str | None) -> None:
        stored = _etag(self._path.stat()) if self._path.exists() else None
        if stored != etag:
            raise WriteConflict(f"{self._path} was replaced since it was read")

    def _remove_leftovers(self) -> None:
        """Remove the temporary files of writers that were killed. The lock is held: none writes."""
        for leftover in self._folder.glob(f"{_TEMPORARY_PREFIX}*"):
            leftover.unlink(missing_ok=True)

    def _replace(self, body: bytes) -> str:
        with NamedTemporaryFile(dir=self._folder, prefix=_TEMPORARY_PREFIX, delete=False) as file:
            temporary = Path(file.name)
            try:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
                temporary.replace(self._path)
            except BaseException:
                temporary.unlink(missing_ok=True)
                raise
            return _etag(os.fstat(file.fileno()))

    @contextmanager
    def _store_errors(self) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError as error:
            raise SnapshotMissing(f"{self._path} does not exist yet") from error
        except OSError as error:
            raise StoreUnavailable(f"cannot read {self._path}: {error}") from error


def _etag(status: os.stat_result) -> str:
    return f"{status.st_ino}-{status.st_mtime_ns}-{status.st_size}"
