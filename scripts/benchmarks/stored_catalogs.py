"""Catalogs of a benchmark on S3: each side has its own format, and baselines the model list."""

from collections.abc import Callable, Mapping
from pathlib import Path

from handler.domain.snapshot.names import OBJECT_NAME
from scripts.benchmarks.candidates import source_digest
from scripts.benchmarks.fixtures.catalogs import SizedCatalog, sized_catalog
from scripts.benchmarks.results import OURS
from scripts.benchmarks.revision import Revision


class StoredCatalogs:
    """Makes catalogs once in a folder of each side, and uploads them when they are needed."""

    def __init__(
        self,
        folder: Path,
        list_file: Path | None,
        revisions: Mapping[str, Revision],
        put: Callable[[str, bytes], None],
    ) -> None:
        """Take the folder of our catalogs, a list instead of the sample's, and what uploads."""
        self._list_file = list_file
        self._list_name = source_digest(list_file) if list_file else "sample"
        self._folder = folder / self._list_name
        self._folder.mkdir(exist_ok=True)
        self._revisions = revisions
        self._put = put
        self._uploaded: set[tuple[str, int]] = set()

    def sized(self, models: int) -> SizedCatalog:
        """Return our catalog of that many models."""
        return sized_catalog(self._folder, models, self._list_file)

    def upload(self, side: str, models: int) -> str:
        """Return the prefix of a side's catalog of that many models, which is on S3 from now on."""
        prefix = f"{side}/{models}"
        if (side, models) not in self._uploaded:
            self._uploaded.add((side, models))
            if side == OURS:
                self._upload_ours(prefix, models)
            else:
                revision = self._revisions[side]
                stored = revision.catalog(models, self._list_file, self._list_name)
                self._put(f"{prefix}/{stored.object_name}", stored.file.read_bytes())
        return prefix

    def _upload_ours(self, prefix: str, models: int) -> None:
        catalog = self.sized(models)
        self._put(f"{prefix}/{OBJECT_NAME}", catalog.snapshot.read_bytes())
        self._put(f"{prefix}/list.json", catalog.model_list.read_bytes())
