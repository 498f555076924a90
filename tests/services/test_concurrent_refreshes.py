"""Concurrent refreshes, step by step, over a store whose responses may be lost."""

import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from handler.domain.catalog.catalog import CatalogData
from handler.domain.catalog.coverage import EVERYTHING
from handler.domain.errors import StoreError, StoreUnavailable, WriteConflict
from handler.domain.ingest.merge import ObservedModelList, merge_model_list
from handler.domain.text import RenderedDescription
from handler.ports import ObjectStart, StoredObject
from handler.services.snapshot_repository import SnapshotRepository
from tests.support.builders import AS_OF, ORIGIN, MemoryArchive, MemoryStore, model, record

# The fault of a step: the store does it or not, and its response arrives or not.
FAULTS = ["none", "none", "refused", "lost, then refused", "lost", "down"]


class Refresher:
    """A refresh in its own thread, which takes one step at a time."""

    def __init__(self, number: int, store: MemoryStore) -> None:
        self.number = number
        self.done = False
        self.failed = False
        self._store = store
        self._fault = "none"
        self._go, self._paused = threading.Semaphore(0), threading.Semaphore(0)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        self._paused.acquire()

    def step(self, fault: str) -> None:
        self._fault = fault
        self._go.release()
        self._paused.acquire()

    def _run(self) -> None:
        repository = SnapshotRepository(
            self, MemoryArchive(), lambda _seconds: None, lambda: f"run {self.number}"
        )
        try:
            repository.update(partial(merge_list, number=self.number))
        except StoreError:
            self.failed = True
        self.done = True
        self._paused.release()

    def _turn(self) -> str:
        self._paused.release()
        self._go.acquire()
        return self._fault

    def read(self) -> StoredObject:
        if self._turn() in ("down", "lost"):
            raise StoreUnavailable("no response")
        return self._store.read()

    def read_start(self, max_bytes: int, known_etag: str = "") -> ObjectStart | None:
        if self._turn() in ("down", "lost"):
            raise StoreUnavailable("no response")
        return self._store.read_start(max_bytes, known_etag)

    def read_range(self, start: int, stop: int, etag: str) -> bytes:
        return self._store.read_range(start, stop, etag)

    def was_written(self) -> bool:
        return self._store.was_written()

    def put(self, body: bytes, if_match: str | None) -> str:
        fault = self._turn()
        if fault == "down":
            raise StoreUnavailable("no response, nothing written")
        if fault == "refused":
            raise WriteConflict("409: try again")
        etag = self._store.put(body, if_match)
        if fault == "lost":
            raise StoreUnavailable("written, no response")
        if fault == "lost, then refused":
            raise WriteConflict("written, the response lost, the retry refused: 412")
        return etag


def merge_list(stored: CatalogData | None, number: int) -> CatalogData:
    """Return the catalog with a list, which has one price and one model that no other list has."""
    records = [record("a/0", pricing={"prompt": f"0.{number:04d}1"}), record(f"only/{number}")]
    models = {raw["id"]: model(raw) for raw in records}
    moment = AS_OF + timedelta(minutes=number)
    observed = ObservedModelList(moment, EVERYTHING, models, frozenset(), ORIGIN)
    return merge_model_list(stored, observed, lambda markdown: RenderedDescription(markdown, ""))


class ConcurrentRefreshes(RuleBasedStateMachine):
    """Up to five refreshes at once, each at any of its steps, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.store = MemoryStore()
        self.numbers = list(range(1, 30))
        self.running: list[Refresher] = []
        self.ended: list[Refresher] = []

    @precondition(lambda self: len(self.running) < 5 and self.numbers)
    @rule(data=st.data())
    def begin(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(self.numbers))
        self.numbers.remove(number)
        self.running.append(Refresher(number, self.store))

    @precondition(lambda self: self.running)
    @rule(data=st.data(), fault=st.sampled_from(FAULTS))
    def step(self, data: st.DataObject, fault: str) -> None:
        self._step(data.draw(st.sampled_from(self.running)), fault)

    def _step(self, refresher: Refresher, fault: str) -> None:
        refresher.step(fault)
        if refresher.done:
            self.running.remove(refresher)
            self.ended.append(refresher)

    def teardown(self) -> None:
        while self.running:
            self._step(self.running[0], "none")
        self._step_through(Refresher(99, self.store))
        repository = SnapshotRepository(
            self.store, MemoryArchive(), lambda _seconds: None, lambda: "last"
        )
        catalog = repository.load()
        succeeded = {refresher.number for refresher in self.ended if not refresher.failed}
        ended = {refresher.number for refresher in self.ended}
        points = {p.model.id: p.history for p in catalog.profiles}["a/0"].timelines["price"]
        prices = [point.value["prompt"] for point in points]
        merged = {int(p.model.id[5:]) for p in catalog.profiles if p.model.id != "a/0"} - {99}

        assert succeeded <= merged <= ended
        assert prices == [f"0.{number:04d}1" for number in sorted(merged)] + ["0.00991"]
        assert len(catalog.profiles) == len({p.model.id for p in catalog.profiles})

    def _step_through(self, refresher: Refresher) -> None:
        while not refresher.done:
            refresher.step("none")
        assert not refresher.failed


ConcurrentRefreshes.TestCase.settings = settings(
    settings.default or settings(), stateful_step_count=40
)
TestConcurrentRefreshes: Callable[..., object] = pytest.mark.promise(
    "P10", "meetings of up to five refreshes, in any order of their steps"
)(ConcurrentRefreshes.TestCase)
