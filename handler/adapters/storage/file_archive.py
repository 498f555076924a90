"""An archive of compressed bodies in a folder, for one machine."""

import time
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from handler.domain.compression import gzip_deterministic
from handler.domain.errors import StoreUnavailable

RETENTION_SECONDS = 30 * 24 * 3600


class FileArchive:
    """Implements `ports.Archive`. Each new body expires those older than RETENTION_SECONDS."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, name: str, body: bytes) -> None:
        """Store a body, or renew one that is stored already."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._expire()
            self._replace(self._folder / f"{name}.gz", gzip_deterministic(body))
        except OSError as error:
            raise StoreUnavailable(f"cannot archive {name} in {self._folder}: {error}") from error

    def _replace(self, path: Path, body: bytes) -> None:
        with NamedTemporaryFile(dir=self._folder, prefix=".new-", delete=False) as file:
            temporary = Path(file.name)
            try:
                file.write(body)
                file.flush()
                temporary.replace(path)
            except BaseException:
                temporary.unlink(missing_ok=True)
                raise

    def _expire(self) -> None:
        expired_before = time.time() - RETENTION_SECONDS
        for path in self._folder.iterdir():
            # Another refresh may rename or remove it meanwhile.
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < expired_before:
                    path.unlink()
