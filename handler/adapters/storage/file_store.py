"""A snapshot in a folder: the embedded store, for one machine."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from handler.domain.errors import SnapshotMissing, StoreUnavailable, WriteConflict
from handler.ports import StoredObject

FILE_NAME = "catalog.jsonl.gz"
_TEMPORARY = ".new-"


class FileStore:
    """Keeps the snapshot as one file, replaced by renaming, so that readers see old or new.

    The tag is made of what the file system changes with every replacement.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / FILE_NAME

    def read(self) -> StoredObject:
        """Return what is stored (see `ports.SnapshotReader`)."""
        with self._reading(), self._path.open("rb") as file:
            return StoredObject(file.read(), _etag(os.fstat(file.fileno())))

    def read_if_changed(self, etag: str) -> StoredObject | None:
        """Return what is stored, None where it still has the known tag."""
        with self._reading():
            if _etag(self._path.stat()) == etag:
                return None
        return self.read()

    def put(self, body: bytes, if_match: str | None) -> str:
        """Replace the snapshot that has the expected tag (see `ports.SnapshotStore`)."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with self._locked():
                self._expect(if_match)
                self._sweep()
                return self._replace(body)
        except OSError as error:
            raise StoreUnavailable(f"cannot write {self._path}: {error}") from error

    def _expect(self, tag: str | None) -> None:
        stored = _etag(self._path.stat()) if self._path.exists() else None
        if stored != tag:
            raise WriteConflict(f"{self._path} was replaced since it was read")

    def _sweep(self) -> None:
        """Remove what writers left behind that were killed: no other one writes now."""
        for leftover in self._folder.glob(f"{_TEMPORARY}*"):
            leftover.unlink(missing_ok=True)

    def _replace(self, body: bytes) -> str:
        with NamedTemporaryFile(dir=self._folder, prefix=_TEMPORARY, delete=False) as file:
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
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError as error:
            raise SnapshotMissing(f"{self._path} does not exist yet") from error
        except OSError as error:
            raise StoreUnavailable(f"cannot read {self._path}: {error}") from error

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self._folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _etag(status: os.stat_result) -> str:
    return f"{status.st_ino}-{status.st_mtime_ns}-{status.st_size}"
