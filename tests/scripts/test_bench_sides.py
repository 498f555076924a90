"""The other revisions of a benchmark, and the catalogs and sizes of every side."""

from pathlib import Path
from shutil import which

import pytest

from handler.domain.snapshot.names import OBJECT_NAME
from scripts.benchmarks.fixtures.revision_catalog import import_first
from scripts.benchmarks.results import OURS, NotMeasured
from scripts.benchmarks.revision import Revision, resolve_commit
from scripts.benchmarks.stored_catalogs import StoredCatalogs
from scripts.benchmarks.suites.artifact import zipped_bytes
from scripts.lib.paths import ROOT

IN_GIT = pytest.mark.skipif(
    not (ROOT / ".git").exists() or not which("git"), reason="needs git, and a clone"
)


@IN_GIT
def test_revision_is_resolved_to_its_commit() -> None:
    commit = resolve_commit("HEAD")

    assert (len(commit), resolve_commit(commit[:12])) == (40, commit)


@IN_GIT
@pytest.mark.parametrize("name", ["no-such-revision", "--all", ""])
def test_unknown_revision_is_reported(name: str) -> None:
    with pytest.raises(NotMeasured, match="is no revision of this repository"):
        resolve_commit(name)


@pytest.mark.parametrize("has_page_cache", [True, False])
def test_site_url_is_for_revisions_that_know_it(tmp_path: Path, has_page_cache: bool) -> None:
    rendering = tmp_path / "handler" / "web" / "rendering"
    rendering.mkdir(parents=True)
    if has_page_cache:
        (rendering / "page_cache.py").touch()

    assert Revision("1", tmp_path, tmp_path, tmp_path).has_site_url == has_page_cache


def test_first_existing_module_is_imported() -> None:
    assert import_first(("no_such_module", "json", "csv")).__name__ == "json"
    with pytest.raises(ModuleNotFoundError):
        import_first(("no_such_module", "nor_this"))


def test_catalog_is_uploaded_once_with_its_list(tmp_path: Path) -> None:
    keys: list[str] = []
    catalogs = StoredCatalogs(tmp_path, None, {}, lambda key, _body: keys.append(key))

    assert [catalogs.upload(OURS, 2) for _ in "12"] == ["ours/2"] * 2
    assert keys == [f"ours/2/{OBJECT_NAME}", "ours/2/list.json"]


def test_zip_is_compressed(tmp_path: Path) -> None:
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "module.py").write_bytes(b"pass\n" * 20_000)

    assert 0 < zipped_bytes(tmp_path) < 2_000
