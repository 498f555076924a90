from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from handler.domain import snapshot
from handler.domain.coverage import EVERYTHING, Coverage
from handler.domain.errors import (
    RefusedCatalog,
    SourceError,
    StoreUnavailable,
    WriteConflict,
)
from handler.domain.gates import Gates
from handler.domain.text import Prose
from handler.ports import Fetched
from handler.services.refreshing import Refreshed, refresh_catalog
from tests.records import AS_OF, MemoryStore, catalog_bytes, listing, record

GATES = Gates()


class Source:
    """A source that lists these records, or fails."""

    def __init__(
        self, *records: Any, failure: Exception | None = None, coverage: Coverage = EVERYTHING
    ) -> None:
        self.coverage = coverage
        self.records = records
        self.failure = failure

    def fetch(self) -> Fetched:
        if self.failure:
            raise self.failure
        return listing(*self.records)


def plain(markdown: str) -> Prose:
    return Prose(markdown, f"<p>{markdown}</p>")


def silent(step: str) -> None:
    pass


def refresh(
    store: MemoryStore, *records: Any, as_of: datetime = AS_OF, gates: Gates | None = GATES
) -> Refreshed:
    return refresh_catalog(Source(*records), store, plain, as_of, gates, silent)


def stored_ids(store: MemoryStore) -> list[str]:
    assert store.body is not None
    return [entry.id for entry in snapshot.decode(store.body).entries]


def test_a_first_refresh_stores_every_model_with_its_description() -> None:
    store = MemoryStore()

    found = refresh(store, record("a/one", description="Words."), record("a/two"))

    assert found == Refreshed(
        label="OpenRouter", as_of=AS_OF, models=2, added=("a/one", "a/two"), gone=(), changed=(),
        set_aside=(), written=True,
    )  # fmt: skip
    assert store.body is not None
    catalog = snapshot.decode(store.body)
    assert catalog.as_of == AS_OF
    assert [m.description for m in catalog.models()] == [plain("Words."), plain("")]


def test_a_refresh_says_what_changed_and_benchmarks_are_no_change() -> None:
    one, two, three = record("a/one"), record("a/two"), record("a/three")
    store = MemoryStore(catalog_bytes([one, two, three]))

    found = refresh(
        store, {**one, "benchmarks": {"x": 1}}, {**two, "name": "Two"}, record("a/four")
    )

    assert (found.added, found.gone, found.changed) == (("a/four",), ("a/three",), ("a/two",))


def test_one_bad_record_costs_that_record_alone() -> None:
    store = MemoryStore()

    found = refresh(store, *(record(f"a/{n}") for n in range(9)), {"id": "nonsense"}, record("a/1"))

    assert found.models == 9
    assert found.set_aside == (
        "the id 'nonsense' is not of the form author/slug[:variant]",
        "a/1: listed twice",
    )
    assert len(stored_ids(store)) == 9


def failing(error: Exception) -> Callable[[MemoryStore], Refreshed]:
    return lambda store: refresh_catalog(
        Source(failure=error), store, plain, AS_OF, Gates(), silent
    )


@pytest.mark.parametrize(
    ("attempt", "error"),
    [
        (failing(SourceError("OpenRouter is down")), SourceError),
        (lambda store: refresh(store, "x", {}, 5), RefusedCatalog),
        (lambda store: refresh(store, "x", {}, 5, gates=None), RefusedCatalog),
        (lambda store: refresh(store, record("a/1")), RefusedCatalog),
        (lambda store: refresh(store, *(record(f"a/{n}") for n in range(9)), {}, {}, {}),
         RefusedCatalog),
    ],
    ids=["no source", "no model", "no model, by force", "most models lost", "too many bad records"],
)  # fmt: skip
def test_a_bad_refresh_leaves_the_stored_catalog_to_the_byte(
    attempt: Callable[[MemoryStore], Refreshed], error: type[Exception]
) -> None:
    before = catalog_bytes([record(f"a/{n}") for n in range(9)])
    store = MemoryStore(before)

    with pytest.raises(error):
        attempt(store)

    assert store.body == before


def test_force_lets_any_catalog_of_models_through() -> None:
    store = MemoryStore(catalog_bytes([record(f"a/{n}") for n in range(9)]))

    refresh(store, record("b/1"), as_of=AS_OF - timedelta(days=400), gates=None)

    assert stored_ids(store) == ["b/1"]


def test_an_observation_is_dated_to_the_second() -> None:
    store = MemoryStore()

    refresh(store, record("a/1"), as_of=AS_OF.replace(microsecond=123_456))

    assert store.body is not None
    assert snapshot.decode(store.body).as_of == AS_OF


def test_an_older_observation_changes_nothing() -> None:
    before = catalog_bytes([record("a/1")])
    store = MemoryStore(before)

    found = refresh(store, record("a/1"), record("a/2"), as_of=AS_OF - timedelta(seconds=1))

    assert (found.written, store.body) == (False, before)


def test_a_stored_snapshot_that_cannot_be_read_is_replaced() -> None:
    store = MemoryStore(b"damaged")

    assert refresh(store, record("a/1")).written
    assert stored_ids(store) == ["a/1"]


class Contested(MemoryStore):
    """A store into which somebody else writes first, a number of times."""

    def __init__(self, body: bytes, times: int) -> None:
        super().__init__(body)
        self.times = times

    def write(self, body: bytes, expected_tag: str | None) -> str:
        if self.times:
            self.times -= 1
            self.version += 1
        return super().write(body, expected_tag)


def test_a_refresh_that_was_overtaken_looks_again_and_writes() -> None:
    store = Contested(catalog_bytes([record("a/1")]), times=3)

    assert refresh(store, record("a/1"), record("a/2")).written
    assert stored_ids(store) == ["a/1", "a/2"]


def test_a_refresh_that_is_always_overtaken_gives_up() -> None:
    store = Contested(catalog_bytes([record("a/1")]), times=99)

    with pytest.raises(WriteConflict, match="5 times"):
        refresh(store, record("a/1"))


def test_a_store_that_is_away_is_an_error() -> None:
    store = MemoryStore(catalog_bytes([record("a/1")]))
    store.failure = StoreUnavailable("away")

    with pytest.raises(StoreUnavailable):
        refresh(store, record("a/1"))
