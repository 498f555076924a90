"""A snapshot in a folder: the store of one machine."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from handler.domain.errors import SnapshotMissing, StoreUnavailable, WriteConflict
from handler.ports import StoredObject

FILE_NAME = "catalog.jsonl.gz"
_TEMPORARY_PREFIX = ".new-"


class FileStore:
    """One file, replaced by renaming, so that readers see either the old or the new snapshot.

    The ETag is made of the file's inode, time and size, which every replacement changes.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / FILE_NAME

    def read(self) -> StoredObject:
        """Return the stored snapshot (see `ports.SnapshotReader`)."""
        with self._store_errors(), self._path.open("rb") as file:
            return StoredObject(file.read(), _etag(os.fstat(file.fileno())))

    def read_if_changed(self, etag: str) -> StoredObject | None:
        """Return the stored snapshot, None if it still has this ETag."""
        with self._store_errors():
            if _etag(self._path.stat()) == etag:
                return None
        return self.read()

    def put(self, body: bytes, if_match: str | None) -> str:
        """Replace the snapshot that has an ETag (see `ports.SnapshotStore`)."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with (self._folder / ".lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                self._check_etag(if_match)
                self._remove_leftovers()
                return self._replace(body)
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
