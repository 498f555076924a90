import gc
import weakref

import pytest

from handler.domain.compression import gzip_deterministic
from handler.domain.errors import SnapshotMissing, SnapshotReplaced, StoreError, StoreUnavailable
from handler.ports import START_BYTES, ObjectStart
from handler.services.catalog_cache import RETRY_EMPTY_SECONDS, REVALIDATE_SECONDS, CachedCatalog
from tests.support.builders import MemoryStore, catalog_bytes, record
from tests.support.snapshots import split_members


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


class Cache:
    """A cached catalog over a store in memory, with a clock that a test moves."""

    def __init__(self, *ids: str) -> None:
        self.store = MemoryStore()
        if ids:
            self.store_models(*ids)
        self.clock = Clock()
        self.catalog = CachedCatalog(self.store, self.clock)

    def store_models(self, *ids: str) -> None:
        self.store.body = catalog_bytes([record(model_id) for model_id in ids])
        self.store.version += 1

    def ids(self) -> list[str]:
        return [entry.id for entry in self.catalog.get().index]


def test_the_store_is_read_at_most_once_a_minute() -> None:
    cache = Cache("a/1")
    assert [cache.ids() for _ in range(5)] == [["a/1"]] * 5

    cache.store_models("a/2")
    cache.clock.now += REVALIDATE_SECONDS - 1
    assert (cache.ids(), cache.store.reads) == (["a/1"], 1)

    cache.clock.now += 1
    assert (cache.ids(), cache.store.reads) == (["a/2"], 2)


def test_an_unchanged_snapshot_is_not_read_again() -> None:
    cache = Cache("a/1")
    first = cache.catalog.get()

    cache.clock.now += REVALIDATE_SECONDS

    assert cache.catalog.get() is first


@pytest.mark.parametrize("failure", [StoreUnavailable("down"), SnapshotMissing("gone")])
def test_a_failing_store_leaves_the_last_good_catalog(failure: StoreError) -> None:
    cache = Cache("a/1")
    cache.ids()

    cache.store.failure = failure
    for _ in range(3):
        cache.clock.now += REVALIDATE_SECONDS
        assert cache.ids() == ["a/1"]

    cache.store.failure = None
    cache.store_models("a/2")
    cache.clock.now += REVALIDATE_SECONDS
    assert cache.ids() == ["a/2"]


def test_a_corrupt_snapshot_leaves_the_last_good_catalog() -> None:
    cache = Cache("a/1")
    cache.ids()

    cache.store.body, cache.store.version = b"damaged", 99
    cache.clock.now += REVALIDATE_SECONDS

    assert cache.ids() == ["a/1"]


def test_a_store_that_was_never_read_is_retried_soon() -> None:
    cache = Cache()
    for _ in range(3):
        with pytest.raises(SnapshotMissing):
            cache.ids()
    assert cache.store.reads == 1

    cache.store_models("a/1")
    cache.clock.now += RETRY_EMPTY_SECONDS

    assert cache.ids() == ["a/1"]


class Large(MemoryStore):
    """A store of a snapshot of which the first read gets the header alone."""

    def __init__(self, body: bytes) -> None:
        super().__init__(body)
        self.header_size = len(gzip_deterministic(split_members(body)[0]))
        self.ranges: list[tuple[int, int, str]] = []

    def read_start(self, max_bytes: int, known_etag: str = "") -> ObjectStart | None:
        assert max_bytes == START_BYTES
        return super().read_start(self.header_size, known_etag)

    def read_range(self, start: int, stop: int, etag: str) -> bytes:
        self.ranges.append((start, stop, etag))
        return super().read_range(start, stop, etag)


def test_the_rest_of_a_large_snapshot_is_read_by_its_etag() -> None:
    body = catalog_bytes([record("a/1")])
    store = Large(body)

    catalog = CachedCatalog(store, Clock()).get()

    assert [profile.model.id for profile in catalog.profiles()] == ["a/1"]
    index, block = store.ranges
    assert index[::2] == (store.header_size, "1")
    assert block[1:] == (len(body), "1")


class ReplacedMeanwhile(Large):
    """A store that is written between the reads of one snapshot."""

    def read_range(self, start: int, stop: int, etag: str) -> bytes:
        self.version += 1
        return super().read_range(start, stop, etag)


def test_a_snapshot_replaced_between_two_reads_is_not_mixed() -> None:
    catalog = CachedCatalog(ReplacedMeanwhile(catalog_bytes([record("a/1")])), Clock())

    with pytest.raises(SnapshotReplaced):
        catalog.get()


def test_a_replaced_catalog_is_released_without_garbage_collection() -> None:
    """What a start makes is excluded from it, and would stay for as long as the process."""
    cache = Cache()
    cache.store_models("a/1")
    old = weakref.ref(cache.catalog.get().parts)
    assert cache.catalog.get().index.named("a/1").ids == ("a/1",)
    assert list(cache.catalog.get().profiles())
    gc.disable()
    try:
        cache.store_models("a/2")
        cache.clock.now += REVALIDATE_SECONDS
        assert cache.ids() == ["a/2"]
        assert old() is None
    finally:
        gc.enable()
