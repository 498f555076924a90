"""Render and refresh are not updated at the same moment: each meets the other's snapshot format."""

import gzip
import json
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from handler.adapters.storage.file_store import FileStore
from handler.asgi import AsgiApp
from handler.domain.catalog.provenance import Provenance
from handler.domain.errors import UnsupportedSnapshotFormat
from handler.domain.snapshot.decode import decode_whole
from handler.domain.snapshot.encode import encode
from handler.domain.snapshot.names import FORMAT, OLDER_OBJECT_NAME
from handler.services.catalog_cache import REVALIDATE_SECONDS, CachedCatalog
from scripts.commands.refresh import main as refresh_command
from tests.support.builders import MemoryStore
from tests.support.clocks import SleepingClock
from tests.support.http.asgi import ask, create_app
from tests.support.old_snapshots import LISTED, old_data_read_again, old_snapshot
from tests.support.snapshots import join_members, split_members

PATHS = [
    "/",
    "/acme",
    "/acme/one",
    "/acme/one.md",
    "/acme/one/preview",
    "/acme/one/card.png",
    "/acme/one/feed.xml",
    "/acme/one/badge.svg",
    "/acme/one:free",
    "/acme/two",
    "/acme/picture",
    "/~acme/latest",
    "/brook/gone",
    "/acme/one-20260701",
    "/compare?m=acme/one&m=brook/gone",
    "/feed.xml",
    "/changes",
    "/methodology",
    "/models.csv",
    "/sitemap.xml",
    "/api/compare?m=acme/one&m=brook/gone",
    "/api/models/acme/one",
    "/api/models/acme/one/endpoints",
    "/api/models/acme/one/history",
]


def site(store: MemoryStore, clock: SleepingClock) -> AsgiApp:
    return create_app(store, "https://previews.example.org", clock=clock.now)


def new_form(old: bytes) -> bytes:
    """Return the snapshot of an old one's content.

    The version is a hash of the stored lines, and stands on pages: it is that of the old one.
    """
    catalog = decode_whole(old)
    return join_members(split_members(encode(catalog.load_all(), "run")), version=catalog.version)


OLD = old_snapshot(3)
NEW = new_form(OLD)
NEWER = join_members(split_members(NEW), format=FORMAT + 1)


@pytest.mark.parametrize("number", range(2, FORMAT))
@pytest.mark.parametrize("path", PATHS)
def test_new_render_answers_the_same_from_an_old_snapshot(path: str, number: int) -> None:
    path, _, query = path.partition("?")
    snapshot = old_snapshot(number)
    old, new = (
        ask(site(MemoryStore(each), SleepingClock()), path, query=query)
        for each in (snapshot, new_form(snapshot))
    )

    assert old.status in (200, 308)
    assert old == new


def test_old_render_keeps_its_catalog_beside_a_new_snapshot() -> None:
    store, clock = MemoryStore(NEW), SleepingClock()
    app = site(store, clock)
    before = [ask(app, path) for path in ("/acme/one", "/healthz")]

    store.body, store.version = NEWER, store.version + 1
    clock.sleep(REVALIDATE_SECONDS)
    after = [ask(app, path) for path in ("/acme/one", "/healthz")]

    assert store.reads == 2
    assert [answer.status for answer in after] == [200, 200]
    assert after == before


def test_old_render_takes_the_next_snapshot_that_it_can_read() -> None:
    store, clock = MemoryStore(NEW), SleepingClock()
    catalog = CachedCatalog(store, clock.now)
    first = catalog.get()
    for version, body in enumerate((NEWER, OLD), 2):
        store.body, store.version = body, version
        clock.sleep(REVALIDATE_SECONDS)
        catalog.revalidate()

    assert first.run == "run"
    assert catalog.get().run == "run-of-format-3"


def test_refresh_over_an_old_snapshot_loses_nothing(tmp_path: Path) -> None:
    store = tmp_path / "store"
    FileStore(store, OLDER_OBJECT_NAME).put(OLD, None)
    models = tmp_path / "2026-08-23T0900Z.json"
    models.write_text(json.dumps({"data": LISTED}), encoding="utf-8")

    arguments = ["--from", str(models), "--store", str(store), "--covers", "image,text"]
    assert refresh_command(arguments) == 0

    stored = FileStore(store).read().body
    as_of = datetime(2026, 8, 23, 9, tzinfo=UTC)
    body = models.read_bytes()
    list_source = Provenance(
        label="a stored copy of OpenRouter’s list",
        url=models.name,
        fetched_at=as_of,
        as_of=as_of,
        sha256=sha256(body).hexdigest(),
        size_bytes=len(body),
        records=len(LISTED),
        skipped=0,
    )
    assert FileStore(store, OLDER_OBJECT_NAME).read().body == OLD
    assert gzip.decompress(stored).startswith(b'{"format":%d,' % FORMAT)
    assert decode_whole(stored).load_all() == old_data_read_again(as_of, list_source)


def test_refresh_does_not_replace_a_newer_snapshot(tmp_path: Path) -> None:
    store = tmp_path / "store"
    FileStore(store).put(NEWER, None)
    models = tmp_path / "2026-08-23T0900Z.json"
    models.write_text(json.dumps({"data": LISTED}), encoding="utf-8")

    assert refresh_command(["--from", str(models), "--store", str(store)]) == 1

    assert FileStore(store).read().body == NEWER
    with pytest.raises(UnsupportedSnapshotFormat, match="written by newer code"):
        decode_whole(NEWER)
