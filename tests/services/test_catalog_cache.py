import pytest

from handler.domain.errors import SnapshotMissing, StoreError, StoreUnavailable
from handler.services.catalog_cache import RETRY_EMPTY_SECONDS, REVALIDATE_SECONDS, CachedCatalog
from tests.support.builders import MemoryStore, catalog_bytes, record


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
