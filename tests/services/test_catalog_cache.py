import pytest

from handler.domain.errors import SnapshotMissing, StoreError, StoreUnavailable
from handler.services.catalog_cache import RETRY_EMPTY_SECONDS, REVALIDATE_SECONDS, CachedCatalog
from tests.support.builders import MemoryStore, catalog_bytes, record


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


class Watched:
    """A fresh catalog over a store in memory, at a time that stands still."""

    def __init__(self, *ids: str) -> None:
        self.store = MemoryStore()
        if ids:
            self.holds(*ids)
        self.clock = Clock()
        self.catalog = CachedCatalog(self.store, self.clock)

    def holds(self, *ids: str) -> None:
        self.store.body = catalog_bytes([record(model_id) for model_id in ids])
        self.store.version += 1

    def ids(self) -> list[str]:
        return [entry.id for entry in self.catalog.get().entries]


def test_the_store_is_read_at_most_once_a_minute() -> None:
    watched = Watched("a/1")
    assert [watched.ids() for _ in range(5)] == [["a/1"]] * 5

    watched.holds("a/2")
    watched.clock.now += REVALIDATE_SECONDS - 1
    assert (watched.ids(), watched.store.reads) == (["a/1"], 1)

    watched.clock.now += 1
    assert (watched.ids(), watched.store.reads) == (["a/2"], 2)


def test_an_unchanged_snapshot_is_not_read_again() -> None:
    watched = Watched("a/1")
    first = watched.catalog.get()

    watched.clock.now += REVALIDATE_SECONDS

    assert watched.catalog.get() is first


@pytest.mark.parametrize("failure", [StoreUnavailable("down"), SnapshotMissing("gone")])
def test_a_failing_store_leaves_the_last_good_catalog(failure: StoreError) -> None:
    watched = Watched("a/1")
    watched.ids()

    watched.store.failure = failure
    for _ in range(3):
        watched.clock.now += REVALIDATE_SECONDS
        assert watched.ids() == ["a/1"]

    watched.store.failure = None
    watched.holds("a/2")
    watched.clock.now += REVALIDATE_SECONDS
    assert watched.ids() == ["a/2"]


def test_a_corrupt_snapshot_leaves_the_last_good_catalog() -> None:
    watched = Watched("a/1")
    watched.ids()

    watched.store.body, watched.store.version = b"damaged", 99
    watched.clock.now += REVALIDATE_SECONDS

    assert watched.ids() == ["a/1"]


def test_a_store_that_was_never_read_is_retried_soon() -> None:
    watched = Watched()
    for _ in range(3):
        with pytest.raises(SnapshotMissing):
            watched.ids()
    assert watched.store.reads == 1

    watched.holds("a/1")
    watched.clock.now += RETRY_EMPTY_SECONDS

    assert watched.ids() == ["a/1"]
