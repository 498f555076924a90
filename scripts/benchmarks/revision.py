"""Another revision of this repository as a candidate: its artifact, and catalogs in its format."""

import io
import subprocess
import tarfile
from functools import cache
from pathlib import Path
from typing import NamedTuple

from scripts.benchmarks.results import NotMeasured
from scripts.lib.paths import ROOT
from scripts.local_stack import build_artifact
from scripts.local_stack.lambda_emulator import version_of

_WRITER = Path(__file__).with_name("fixtures") / "revision_catalog.py"
_NAME_DIGITS, _FOLDER_DIGITS = 7, 12
# Revisions without this module take absolute URLs from each request, and know no SITE_URL.
_PAGE_CACHE = "handler/web/rendering/page_cache.py"


class StoredCatalog(NamedTuple):
    """A snapshot in a file, and the name of its object in a store."""

    file: Path
    object_name: str


class Revision(NamedTuple):
    """A revision that was built. `name` has the first digits of its commit id."""

    name: str
    source: Path
    artifact: Path
    python: Path

    @property
    def has_site_url(self) -> bool:
        """Whether the site takes the start of its absolute URLs from a setting."""
        return (self.source / _PAGE_CACHE).exists()

    def catalog(self, models: int, list_file: Path | None, folder_name: str) -> StoredCatalog:
        """Return a catalog of that many models, written by the revision's own code once."""
        folder = self.source.parent / "catalogs" / folder_name
        folder.mkdir(parents=True, exist_ok=True)
        listed = [str(list_file.resolve())] if list_file else []
        output = _run(
            [str(self.python), "-P", str(_WRITER), str(folder), str(models), *listed],
            f"the catalog of {models} models by {self.name} could not be written",
            environment={"PYTHONPATH": f"{self.artifact}:{self.source}"},
        )
        file, name = output.decode().splitlines()[-1].split("\t")
        return StoredCatalog(Path(file), name)


def build_revision(folder: Path, revision: str, python: Path) -> Revision:
    """Return a revision, built by its own Makefile in a folder unless it is there.

    Raises NotMeasured if there is no such revision in the repository.
    """
    commit = resolve_commit(revision)
    built = folder / f"revision-{commit[:_FOLDER_DIGITS]}"
    source = built / "source"
    if not source.exists():
        _export(commit, source)
    artifact = build_artifact.build(
        built / "built", version_of(python), build_artifact.local_platforms(), source
    )
    return Revision(commit[:_NAME_DIGITS], source, artifact, python)


@cache
def resolve_commit(revision: str) -> str:
    """Return the commit id of a revision. Raises NotMeasured if there is none."""
    command = ["git", "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}"]
    return _run(command, f"{revision} is no revision of this repository").decode().strip()


def _export(commit: str, source: Path) -> None:
    """Write the files of a commit to a folder."""
    archive = _run(["git", "archive", "--format=tar", commit], f"{commit} could not be exported")
    unfinished = source.with_suffix(".unfinished")
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(unfinished, filter="data")
    unfinished.rename(source)


def _run(command: list[str], failure: str, environment: dict[str, str] | None = None) -> bytes:
    """Return the output of a command. Raises NotMeasured, whose message begins with `failure`."""
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    if done.returncode != 0:
        raise NotMeasured(f"{failure}: {done.stderr.decode(errors='replace')[-2_000:].strip()}")
    return done.stdout
