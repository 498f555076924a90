"""A failing list marks the stored one as stale: beside other refreshes, and over bad stores."""

import gzip
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from handler.domain.catalog.provenance import Provenance
from handler.domain.errors import SourceError, StoreError, StoreUnavailable, WriteConflict
from handler.domain.ingest.sanity_checks import SanityLimits
from handler.domain.snapshot.decode import decode_whole
from handler.ports import StoredObject
from handler.services.refresh import run_scheduled_refresh
from handler.services.snapshot_repository import SnapshotRepository
from handler.services.sources import Sources
from tests.support.builders import AS_OF, MemoryArchive, MemoryStore, catalog_bytes, record
from tests.support.fakes import FakeDataset, ignore_progress, render_plain

RECORDS = [record(f"a/{number}") for number in range(9)]
STORED = catalog_bytes(RECORDS)
HOUR = timedelta(hours=1)
NEW = record("a/new")


class Interrupted(MemoryStore):
    """A store that is changed between the first read and the first write."""

    def __init__(self, body: bytes, meanwhile: Callable[["Interrupted"], object]) -> None:
        super().__init__(body)
        self._meanwhile: Callable[[Interrupted], object] | None = meanwhile

    def put(self, body: bytes, if_match: str | None) -> str:
        meanwhile, self._meanwhile = self._meanwhile, None
        if meanwhile:
            meanwhile(self)
        return super().put(body, if_match)


def refresh(store: MemoryStore, source: FakeDataset, hours: int) -> None:
    repository = SnapshotRepository(
        store, MemoryArchive(), lambda _seconds: None, lambda: f"run of hour {hours}"
    )
    as_of = AS_OF + hours * HOUR
    run_scheduled_refresh(
        Sources(source), repository, render_plain, as_of, SanityLimits(), ignore_progress
    )


def fail(store: MemoryStore, hours: int) -> None:
    """Run a refresh that fails. It raises its own error whatever the store does."""
    with pytest.raises(SourceError, match=r"^down at hour"):
        refresh(store, FakeDataset(error=SourceError(f"down at hour {hours}")), hours)


def succeed(store: MemoryStore, hours: int) -> None:
    refresh(store, FakeDataset(*RECORDS, NEW), hours)


def state(store: MemoryStore) -> tuple[datetime, Provenance, list[str]]:
    """Return the catalog's time, its list's provenance, and the ids that are listed."""
    catalog = decode_whole(store.read().body)
    return catalog.as_of, catalog.sources["list"], [model.id for model in catalog.listed()]


@pytest.mark.parametrize(("first", "second"), [(2, 3), (3, 2)])
def test_the_earlier_of_two_failures_sets_failing_since(first: int, second: int) -> None:
    store = Interrupted(STORED, lambda store: fail(store, second))

    fail(store, first)

    as_of, source, listed = state(store)
    assert (source.failing_since, source.failure) == (AS_OF + 2 * HOUR, "down at hour 3")
    assert (as_of, len(listed)) == (AS_OF, 9)


@pytest.mark.parametrize(("fails", "since"), [(2, None), (4, AS_OF + 4 * HOUR)])
def test_a_failure_keeps_a_concurrent_success(fails: int, since: datetime | None) -> None:
    store = Interrupted(STORED, lambda store: succeed(store, 3))

    fail(store, fails)

    as_of, source, listed = state(store)
    assert (as_of, source.fetched_at, source.failing_since) == (AS_OF + 3 * HOUR,) * 2 + (since,)
    assert "a/new" in listed


@pytest.mark.parametrize("fails", [2, 4])
def test_a_success_is_stored_after_a_concurrent_failure(fails: int) -> None:
    store = Interrupted(STORED, lambda store: fail(store, fails))

    succeed(store, 3)

    as_of, source, listed = state(store)
    assert (as_of, source.fetched_at) == (AS_OF + 3 * HOUR,) * 2
    assert "a/new" in listed


def test_a_failure_changes_no_model_and_no_as_of() -> None:
    store = MemoryStore(STORED)

    for hours in (1, 2, 3):
        fail(store, hours)

    before, after = (gzip.decompress(body).split(b"\n") for body in (STORED, store.read().body))
    assert after[1:] == before[1:]
    as_of, source, _ = state(store)
    assert (as_of, source.as_of, source.fetched_at) == (AS_OF, AS_OF, AS_OF)
    assert (source.failing_since, source.failure) == (AS_OF + HOUR, "down at hour 3")
    assert decode_whole(store.read().body).version == decode_whole(STORED).version


def test_a_stored_failure_is_short() -> None:
    store = MemoryStore(STORED)
    odd = record("a/1", context_length="x" * 100_000)

    with pytest.raises(Exception, match="none of its records can be a model"):
        refresh(store, FakeDataset(odd), 1)

    assert len(state(store)[1].failure) < 1_000


class ReadOnly(MemoryStore):
    """A store that raises an error whenever it is written."""

    def __init__(self, body: bytes, error: StoreError) -> None:
        super().__init__(body)
        self._error = error

    def put(self, body: bytes, if_match: str | None) -> str:
        raise self._error


class Deleted(MemoryStore):
    """A store whose snapshot is deleted after the first read."""

    def read(self) -> StoredObject:
        stored = super().read()
        self.body = None
        return stored


DAMAGED = STORED[:-9]
NEWER = gzip.compress(b'{"format": 99}\n\n')
CUT = gzip.compress(b"\n".join([*gzip.decompress(STORED).split(b"\n")[:1], b"{}"]))


@pytest.mark.parametrize(
    "store",
    [
        ReadOnly(STORED, StoreUnavailable("no room")),
        ReadOnly(STORED, WriteConflict("409, always")),
        *map(MemoryStore, (DAMAGED, NEWER, CUT, b"", None)),
    ],
    ids=["no room", "conflicts", "damaged", "newer", "an invalid line", "empty", "nothing"],
)
def test_a_failure_leaves_a_bad_store_as_it_is(store: MemoryStore) -> None:
    before = store.body

    fail(store, 1)

    assert store.body == before


def test_a_snapshot_deleted_meanwhile_is_not_recreated() -> None:
    store = Deleted(STORED)

    fail(store, 1)

    assert store.body is None
