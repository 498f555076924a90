import gzip
from collections.abc import Callable

import pytest

from handler.domain.catalog.catalog import CatalogData
from handler.domain.errors import StoreUnavailable, UnsupportedSnapshotFormat, WriteConflict
from handler.domain.snapshot import codec
from handler.services.snapshot_repository import MAX_ATTEMPTS, SnapshotRepository
from tests.support.builders import MemoryArchive, MemoryStore, contents, profile, record, stored

ONE = profile(record("a/one"))


class Kept:
    """A keeper over memory, with what it slept and archived."""

    def __init__(self, store: MemoryStore) -> None:
        self.store = store
        self.archive = MemoryArchive()
        self.slept: list[float] = []
        self.runs = 0
        self.keeper = SnapshotRepository(store, self.archive, self.slept.append, self._run)

    def _run(self) -> str:
        self.runs += 1
        return f"run {self.runs}"

    def ids(self) -> list[str]:
        return [p.model.id for p in self.keeper.load().profiles]


def adding(model_id: str) -> Callable[[CatalogData | None], CatalogData]:
    """Return a change that adds a model to whatever is known."""

    def change(known: CatalogData | None) -> CatalogData:
        known = known or contents()
        return known._replace(profiles=(*known.profiles, profile(record(model_id))))

    return change


def test_a_change_is_applied_and_stored() -> None:
    kept = Kept(MemoryStore(stored(ONE)))

    update = kept.keeper.update(adding("a/two"))

    assert kept.ids() == ["a/one", "a/two"]
    assert update.before == contents(ONE)
    assert (update.after, update.changed) == (kept.keeper.load(), True)


def test_a_change_without_effect_is_not_written() -> None:
    kept = Kept(MemoryStore(stored(ONE)))

    update = kept.keeper.update(lambda known: known or contents())

    assert (update.changed, kept.store.version) == (False, 1)


class Contested(MemoryStore):
    """A store into which somebody else adds a model first, a number of times."""

    def __init__(self, times: int) -> None:
        super().__init__(stored(ONE))
        self.times = times

    def put(self, body: bytes, if_match: str | None) -> str:
        if self.times:
            self.times -= 1
            other = adding(f"other/{self.times}")(codec.decode(self.read().body).load_all())
            super().put(codec.encode(other, "other"), str(self.version))
        return super().put(body, if_match)


def test_a_conflicting_change_is_applied_again() -> None:
    kept = Kept(Contested(times=2))

    update = kept.keeper.update(adding("a/two"))

    assert kept.ids() == ["a/one", "other/1", "other/0", "a/two"]
    assert update.after == kept.keeper.load()
    assert [0 <= pause <= 0.1 * 2**n for n, pause in enumerate(kept.slept)] == [True, True]


def test_a_change_gives_up_after_many_conflicts() -> None:
    kept = Kept(Contested(times=99))

    with pytest.raises(WriteConflict, match="5 times"):
        kept.keeper.update(adding("a/two"))
    assert len(kept.slept) == MAX_ATTEMPTS


class Deaf(MemoryStore):
    """A store whose answer to the first write is lost, and that answers the retry with a 412."""

    def __init__(self) -> None:
        super().__init__(stored(ONE))
        self.lost = False

    def put(self, body: bytes, if_match: str | None) -> str:
        tag = super().put(body, if_match)
        if not self.lost:
            self.lost = True
            raise WriteConflict("the first answer was lost")
        return tag


def test_a_write_whose_response_was_lost_is_not_repeated() -> None:
    kept = Kept(Deaf())

    update = kept.keeper.update(adding("a/two"))

    assert kept.ids() == ["a/one", "a/two"]
    assert (update.before, update.changed) == (contents(ONE), True)
    assert kept.store.version == 2


def test_each_update_has_its_own_run_id() -> None:
    kept = Kept(MemoryStore())

    kept.keeper.update(adding("a/one"))
    kept.keeper.update(adding("a/two"))

    assert (kept.runs, kept.ids()) == (2, ["a/one", "a/two"])


def test_a_corrupt_snapshot_is_archived_and_replaced() -> None:
    kept = Kept(MemoryStore(b"damaged"))

    kept.keeper.update(adding("a/one"))

    assert kept.ids() == ["a/one"]
    assert kept.archive.bodies == {"unreadable-1": b"damaged"}


def test_a_corrupt_snapshot_is_not_replaced_unarchived() -> None:
    kept = Kept(MemoryStore(b"damaged"))
    kept.archive.failure = StoreUnavailable("no room")

    with pytest.raises(StoreUnavailable):
        kept.keeper.update(adding("a/one"))
    assert kept.store.body == b"damaged"


def test_a_snapshot_of_newer_code_is_not_replaced() -> None:
    body = gzip.compress(gzip.decompress(stored(ONE)).replace(b'"format":', b'"format":9'))
    kept = Kept(MemoryStore(body))

    with pytest.raises(UnsupportedSnapshotFormat):
        kept.keeper.update(adding("a/two"))
    assert kept.store.body == body
