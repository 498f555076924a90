"""Bodies kept in a folder for some weeks, compressed: the archive of one machine."""

import time
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from handler.domain.compression import gzip_deterministic
from handler.domain.errors import StoreUnavailable

RETENTION_SECONDS = 30 * 24 * 3600
_GZIP_LEVEL = 6


class FileArchive:
    """Implements `ports.Archive`. Whatever is older than RETENTION_SECONDS goes when something comes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, name: str, body: bytes) -> None:
        """Keep a body, or keep it for longer if it is there."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._expire()
            with NamedTemporaryFile(dir=self._folder, prefix=".new-", delete=False) as file:
                file.write(gzip_deterministic(body, _GZIP_LEVEL))
            Path(file.name).replace(self._folder / f"{name}.gz")
        except OSError as error:
            raise StoreUnavailable(f"cannot archive {name} in {self._folder}: {error}") from error

    def _expire(self) -> None:
        oldest = time.time() - RETENTION_SECONDS
        for path in self._folder.iterdir():
            # Another refresh may have renamed or removed it by now.
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < oldest:
                    path.unlink()
