"""A snapshot in a folder: the embedded store, for one machine."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from handler.domain.errors import SnapshotMissing, StoreUnavailable, WriteConflict
from handler.ports import Stored

FILE_NAME = "catalog.jsonl.gz"
_TEMPORARY = ".new-"


class FolderStore:
    """Keeps the snapshot as one file, replaced by renaming, so that readers see old or new.

    The tag is made of what the file system changes with every replacement.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / FILE_NAME

    def read(self) -> Stored:
        """Return what is stored (see `ports.SnapshotReader`)."""
        with self._reading(), self._path.open("rb") as file:
            return Stored(file.read(), _tag(os.fstat(file.fileno())))

    def read_unless(self, known_tag: str) -> Stored | None:
        """Return what is stored, None where it still has the known tag."""
        with self._reading():
            if _tag(self._path.stat()) == known_tag:
                return None
        return self.read()

    def write(self, body: bytes, expected_tag: str | None) -> str:
        """Replace the snapshot that has the expected tag (see `ports.SnapshotStore`)."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with self._locked():
                self._expect(expected_tag)
                self._sweep()
                return self._replace(body)
        except OSError as error:
            raise StoreUnavailable(f"cannot write {self._path}: {error}") from error

    def _expect(self, tag: str | None) -> None:
        stored = _tag(self._path.stat()) if self._path.exists() else None
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
            return _tag(os.fstat(file.fileno()))

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


def _tag(status: os.stat_result) -> str:
    return f"{status.st_ino}-{status.st_mtime_ns}-{status.st_size}"
