"""What is noted of a list that is not to be had: beside other refreshes, and over bad stores."""

import gzip
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from handler.domain.catalog.provenance import Provenance
from handler.domain.errors import (
    SourceError,
    StoreError,
    StoreUnavailable,
    WriteConflict,
)
from handler.domain.ingest.sanity_checks import SanityLimits
from handler.domain.snapshot import codec
from handler.ports import StoredObject
from handler.services.refresh import Sources, run_scheduled_refresh
from handler.services.snapshot_repository import SnapshotRepository
from tests.services.test_refresh import Source, plain
from tests.support.builders import AS_OF, MemoryArchive, MemoryStore, catalog_bytes, record

RECORDS = [record(f"a/{number}") for number in range(9)]
STORED = catalog_bytes(RECORDS)
HOUR = timedelta(hours=1)
NEW = record("a/new")


class Interrupted(MemoryStore):
    """A store to which something happens between the first read of it and the first write."""

    def __init__(self, body: bytes, meanwhile: Callable[["Interrupted"], object]) -> None:
        super().__init__(body)
        self._meanwhile: Callable[[Interrupted], object] | None = meanwhile

    def put(self, body: bytes, if_match: str | None) -> str:
        happening, self._meanwhile = self._meanwhile, None
        if happening:
            happening(self)
        return super().put(body, if_match)


def scheduled(store: MemoryStore, source: Source, hours: int) -> None:
    keeper = SnapshotRepository(
        store, MemoryArchive(), lambda _seconds: None, lambda: f"run of hour {hours}"
    )
    as_of = AS_OF + hours * HOUR
    run_scheduled_refresh(Sources(source), keeper, plain, as_of, SanityLimits(), lambda _step: None)


def failing(store: MemoryStore, hours: int) -> None:
    """Have a refresh fail, which tells its own failure whatever becomes of the note."""
    with pytest.raises(SourceError, match=r"^down at hour"):
        scheduled(store, Source(failure=SourceError(f"down at hour {hours}")), hours)


def good(store: MemoryStore, hours: int) -> None:
    scheduled(store, Source(*RECORDS, NEW), hours)


def noted(store: MemoryStore) -> tuple[datetime, Provenance, list[str]]:
    """Return the time of the catalog, what is known of its list, and the ids that are listed."""
    catalog = codec.decode(store.read().body)
    return catalog.as_of, catalog.sources["list"], [model.id for model in catalog.listed()]


@pytest.mark.parametrize(("first", "second"), [(2, 3), (3, 2)])
def test_of_two_that_fail_at_once_the_earlier_says_since_when(first: int, second: int) -> None:
    store = Interrupted(STORED, lambda store: failing(store, second))

    failing(store, first)

    as_of, source, listed = noted(store)
    assert (source.failing_since, source.failure) == (AS_OF + 2 * HOUR, "down at hour 3")
    assert (as_of, len(listed)) == (AS_OF, 9)


@pytest.mark.parametrize(("fails", "since"), [(2, None), (4, AS_OF + 4 * HOUR)])
def test_one_that_fails_takes_nothing_from_a_good_one_that_was_faster(
    fails: int, since: datetime | None
) -> None:
    store = Interrupted(STORED, lambda store: good(store, 3))

    failing(store, fails)

    as_of, source, listed = noted(store)
    assert (as_of, source.fetched_at, source.failing_since) == (AS_OF + 3 * HOUR,) * 2 + (since,)
    assert "a/new" in listed


@pytest.mark.parametrize("fails", [2, 4])
def test_a_good_one_is_stored_though_one_that_failed_was_faster(fails: int) -> None:
    store = Interrupted(STORED, lambda store: failing(store, fails))

    good(store, 3)

    as_of, source, listed = noted(store)
    assert (as_of, source.fetched_at) == (AS_OF + 3 * HOUR,) * 2
    assert "a/new" in listed


def test_a_note_changes_no_line_of_a_model_and_renews_nothing() -> None:
    store = MemoryStore(STORED)

    for hours in (1, 2, 3):
        failing(store, hours)

    before, after = (gzip.decompress(body).split(b"\n") for body in (STORED, store.read().body))
    assert after[1:] == before[1:]
    as_of, source, _ = noted(store)
    assert (as_of, source.as_of, source.fetched_at) == (AS_OF, AS_OF, AS_OF)
    assert (source.failing_since, source.failure) == (AS_OF + HOUR, "down at hour 3")
    assert codec.decode(store.read().body).version == codec.decode(STORED).version


def test_a_note_is_short_whatever_an_upstream_says() -> None:
    store = MemoryStore(STORED)
    odd = record("a/1", context_length="x" * 100_000)

    with pytest.raises(Exception, match="none of its records can be a model"):
        scheduled(store, Source(odd), 1)

    assert len(noted(store)[1].failure) < 1_000


class Broken(MemoryStore):
    """A store that reads, and fails so whenever it is written."""

    def __init__(self, body: bytes, error: StoreError) -> None:
        super().__init__(body)
        self._error = error

    def put(self, body: bytes, if_match: str | None) -> str:
        raise self._error


class Forgetful(MemoryStore):
    """A store whose snapshot is gone at a second look."""

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
        Broken(STORED, StoreUnavailable("no room")),
        Broken(STORED, WriteConflict("409, always")),
        *map(MemoryStore, (DAMAGED, NEWER, CUT, b"", None)),
    ],
    ids=["no room", "conflicts", "damaged", "newer", "a line that is none", "empty", "nothing"],
)
def test_where_nothing_can_be_noted_the_failure_is_told_and_the_store_left(
    store: MemoryStore,
) -> None:
    before = store.body

    failing(store, 1)

    assert store.body == before


def test_a_snapshot_that_goes_away_meanwhile_is_not_made_again() -> None:
    store = Forgetful(STORED)

    failing(store, 1)

    assert store.body is None
