import gzip
import random
from collections.abc import Callable

import pytest

from handler.domain.catalog.catalog import CatalogData
from handler.domain.errors import StoreUnavailable, UnsupportedSnapshotFormat, WriteConflict
from handler.domain.snapshot.decode import decode_whole
from handler.domain.snapshot.encode import BLOCK_SIZE, encode
from handler.services.snapshot_repository import SnapshotRepository
from tests.support.builders import MemoryArchive, MemoryStore, contents, profile, record, stored
from tests.support.snapshots import FIRST_BLOCK, REFRESH_DATA, damage_member

ONE = profile(record("a/one"))


class MemoryRepository:
    """A repository over memory, with its sleeps and its archive."""

    def __init__(self, store: MemoryStore) -> None:
        self.store = store
        self.archive = MemoryArchive()
        self.sleeps: list[float] = []
        self.runs = 0
        self.repository = SnapshotRepository(
            store, self.archive, self.sleeps.append, self._new_run_id
        )
        self.update = self.repository.update

    def _new_run_id(self) -> str:
        self.runs += 1
        return f"run {self.runs}"

    def ids(self) -> list[str]:
        return [p.model.id for p in self.repository.load().profiles]


def add(model_id: str) -> Callable[[CatalogData | None], CatalogData]:
    """Return a change that adds a model."""

    def change(stored: CatalogData | None) -> CatalogData:
        catalog = stored or contents()
        return catalog._replace(profiles=(*catalog.profiles, profile(record(model_id))))

    return change


def test_a_change_is_applied_and_stored() -> None:
    memory = MemoryRepository(MemoryStore(stored(ONE)))

    update = memory.update(add("a/two"))

    assert memory.ids() == ["a/one", "a/two"]
    assert update.before == contents(ONE)
    assert (update.after, update.changed) == (memory.repository.load(), True)


def test_a_change_without_effect_is_not_written() -> None:
    memory = MemoryRepository(MemoryStore(stored(ONE)))

    update = memory.update(lambda stored: stored or contents())

    assert (update.changed, memory.store.version) == (False, 1)


@pytest.mark.parametrize(
    ("before", "authority"),
    [
        (None, "a.example,2026-11-27"),
        (stored(ONE), "a.example,2026"),
        (stored(ONE, feed_authority="b.example,2025-01-02"), "b.example,2025-01-02"),
    ],
    ids=["first snapshot", "snapshot without authority", "snapshot with authority"],
)
def test_first_write_fixes_the_authority_of_feeds(before: bytes | None, authority: str) -> None:
    store = MemoryStore(before)
    for domain in ("a.example", "moved.example"):
        repository = SnapshotRepository(
            store,
            MemoryArchive(),
            lambda _: None,
            lambda: "run",
            new_authority=f"{domain},2026-11-27",
        )
        repository.update(lambda stored: stored or contents(ONE))
        assert decode_whole(store.read().body).feed_authority == authority


def test_without_a_domain_no_authority_is_fixed() -> None:
    memory = MemoryRepository(MemoryStore())

    memory.update(add("a/two"))

    assert memory.repository.load().feed_authority == ""


class Contested(MemoryStore):
    """A store to which another writer adds a model first, a number of times."""

    def __init__(self, times: int) -> None:
        super().__init__(stored(ONE))
        self.times = times

    def put(self, body: bytes, if_match: str | None) -> str:
        if self.times:
            self.times -= 1
            other = add(f"other/{self.times}")(decode_whole(self.read().body).load_all())
            super().put(encode(other, "other"), str(self.version))
        return super().put(body, if_match)


def test_a_conflicting_change_is_applied_again() -> None:
    memory = MemoryRepository(Contested(times=2))

    update = memory.update(add("a/two"))

    assert memory.ids() == ["a/one", "other/1", "other/0", "a/two"]
    assert update.after == memory.repository.load()
    assert [0 <= pause <= 0.1 * 2**n for n, pause in enumerate(memory.sleeps)] == [True, True]


def test_a_change_gives_up_after_many_conflicts(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = MemoryRepository(Contested(times=99))
    monkeypatch.setattr(random, "uniform", lambda _low, high: high)

    with pytest.raises(WriteConflict, match="5 times"):
        memory.update(add("a/two"))
    assert memory.sleeps == [0.1, 0.2, 0.4, 0.8, 1.6]


class LostResponse(MemoryStore):
    """A store whose response to the first write is lost, so that the retry is a conflict."""

    def __init__(self) -> None:
        super().__init__(stored(ONE))
        self.lost = False

    def put(self, body: bytes, if_match: str | None) -> str:
        etag = super().put(body, if_match)
        if not self.lost:
            self.lost = True
            raise WriteConflict("the first response was lost")
        return etag


def test_a_write_whose_response_was_lost_is_not_repeated() -> None:
    memory = MemoryRepository(LostResponse())

    update = memory.update(add("a/two"))

    assert memory.ids() == ["a/one", "a/two"]
    assert (update.before, update.changed) == (contents(ONE), True)
    assert memory.store.version == 2


def test_each_update_has_its_own_run_id() -> None:
    memory = MemoryRepository(MemoryStore())

    memory.update(add("a/one"))
    memory.update(add("a/two"))

    assert (memory.runs, memory.ids()) == (2, ["a/one", "a/two"])


def test_a_corrupt_snapshot_is_archived_and_replaced() -> None:
    memory = MemoryRepository(MemoryStore(b"damaged"))

    memory.update(add("a/one"))

    assert memory.ids() == ["a/one"]
    assert memory.archive.bodies == {"unreadable-1": b"damaged"}


def test_a_corrupt_snapshot_is_not_replaced_unarchived() -> None:
    memory = MemoryRepository(MemoryStore(b"damaged"))
    memory.archive.failure = StoreUnavailable("no room")

    with pytest.raises(StoreUnavailable):
        memory.update(add("a/one"))
    assert memory.store.body == b"damaged"


def test_a_snapshot_of_newer_code_is_not_replaced() -> None:
    body = gzip.compress(gzip.decompress(stored(ONE)).replace(b'"format":', b'"format":9'))
    memory = MemoryRepository(MemoryStore(body))

    with pytest.raises(UnsupportedSnapshotFormat):
        memory.update(add("a/two"))
    assert memory.store.body == body


def test_what_was_written_is_not_decoded_again() -> None:
    memory = MemoryRepository(MemoryStore(stored(ONE)))
    first = memory.update(add("a/two"))

    second = memory.update(add("a/three"))

    assert second.before is first.after
    assert memory.ids() == ["a/one", "a/two", "a/three"]


def test_what_another_writer_wrote_since_is_read() -> None:
    store = MemoryStore(stored(ONE))
    memory = MemoryRepository(store)
    memory.update(add("a/two"))
    MemoryRepository(store).update(add("b/other"))

    memory.update(add("a/three"))

    assert memory.ids() == ["a/one", "a/two", "b/other", "a/three"]


def test_a_snapshot_damaged_in_part_is_archived_and_kept_in_part() -> None:
    ids = [f"a/m{number}" for number in range(2 * BLOCK_SIZE)]
    damaged = damage_member(stored(*(profile(record(i)) for i in ids)), FIRST_BLOCK)
    memory = MemoryRepository(MemoryStore(damaged))

    update = memory.update(add("a/new"))

    assert memory.ids() == [*ids[BLOCK_SIZE:], "a/new"]
    assert update.replaced_corrupt
    assert memory.archive.bodies == {"unreadable-1": damaged}


def test_a_snapshot_damaged_in_part_is_replaced_by_the_rest_of_it() -> None:
    damaged = damage_member(stored(ONE, profile(record("a/two"))), REFRESH_DATA)
    memory = MemoryRepository(MemoryStore(damaged))

    update = memory.update(lambda stored: stored or contents())

    assert update.changed
    assert memory.ids() == ["a/one", "a/two"]
