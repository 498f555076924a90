"""Code of two formats beside one store: which object is read, and which is written."""

import pytest

from handler.adapters.storage.fallback import FallbackStore
from handler.domain.errors import SnapshotMissing, SnapshotReplaced, StoreUnavailable, WriteConflict
from handler.ports import ObjectStart
from tests.support.builders import MemoryStore


class Objects:
    """The current and the older object, and a store over both."""

    def __init__(self, current: bytes | None = None, older: bytes | None = None) -> None:
        self.current = MemoryStore(current)
        self.older = MemoryStore(older)
        self.store = FallbackStore(self.current, self.older)

    def start(self, known_etag: str = "") -> ObjectStart:
        start = self.store.read_start(99, known_etag)
        assert start
        return start


def test_the_current_object_alone_is_read_where_there_is_one() -> None:
    objects = Objects(b"current", b"older")

    assert objects.start().body == objects.store.read().body == b"current"
    assert objects.older.reads == 0


def test_an_older_object_is_read_where_the_current_is_missing() -> None:
    objects = Objects(older=b"older")

    start = objects.start()

    assert (start.body, start.size, objects.store.read().body) == (b"older", 5, b"older")
    assert objects.store.read().etag == start.etag
    assert objects.store.read_range(1, 3, start.etag) == b"ld"
    assert objects.store.read_start(99, start.etag) is None


def test_a_new_current_object_is_read_despite_an_equal_etag() -> None:
    objects = Objects(older=b"older")
    known = objects.start().etag
    objects.current.body = b"current"
    assert objects.older.version == objects.current.version

    start = objects.start(known)

    assert start.body == b"current"
    assert objects.store.read_range(0, 3, start.etag) == b"cur"
    assert objects.store.read_range(0, 3, known) == b"old"
    assert objects.store.read_start(99, start.etag) is None


def test_a_replaced_older_object_is_reported() -> None:
    objects = Objects(older=b"older")
    known = objects.start().etag
    objects.older.put(b"newer", "1")

    with pytest.raises(SnapshotReplaced):
        objects.store.read_range(0, 3, known)
    assert objects.start(known).body == b"newer"


def test_a_current_object_that_is_lost_is_not_replaced_by_an_older() -> None:
    objects = Objects(b"current", b"older")
    known = objects.start().etag
    objects.current.body = None

    with pytest.raises(SnapshotMissing):
        objects.store.read_start(99, known)


def test_a_failing_current_object_is_not_passed_over() -> None:
    objects = Objects(b"current", b"older")
    objects.current.failure = StoreUnavailable("down")

    for read in (objects.store.read, lambda: objects.store.read_start(99)):
        with pytest.raises(StoreUnavailable):
            read()
    assert objects.older.reads == 0


def test_a_damaged_current_object_is_read_as_it_is() -> None:
    objects = Objects(b"", b"older")

    assert objects.start().body == objects.store.read().body == b""


def test_the_current_object_is_named_if_both_are_missing() -> None:
    objects = Objects()
    objects.current.failure = SnapshotMissing("the current one is missing")

    for read in (objects.store.read, lambda: objects.store.read_start(99)):
        with pytest.raises(SnapshotMissing, match="the current one is missing"):
            read()


def test_the_first_write_after_an_older_read_creates_the_current() -> None:
    objects = Objects(older=b"older")

    etag = objects.store.put(b"new", objects.store.read().etag)

    assert (objects.current.body, objects.older.body) == (b"new", b"older")
    assert objects.store.read().etag == etag


def test_the_second_of_two_first_writes_conflicts() -> None:
    objects = Objects(older=b"older")
    etag = objects.store.read().etag
    objects.store.put(b"first", etag)

    with pytest.raises(WriteConflict):
        objects.store.put(b"second", etag)
    assert objects.store.read().body == b"first"


def test_a_write_replaces_the_current_object_that_was_read() -> None:
    objects = Objects(b"current", b"older")

    objects.store.put(b"next", objects.store.read().etag)

    assert (objects.current.body, objects.older.body) == (b"next", b"older")
