"""Refreshes that meet, step by step, over a store whose answers may be lost."""

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
from handler.ports import StoredObject
from handler.services.snapshot_repository import SnapshotRepository
from tests.support.builders import AS_OF, ORIGIN, MemoryArchive, MemoryStore, model, record

# What becomes of a step: the store does it or not, and says so or not.
FAULTS = ["none", "none", "refused", "lost, then refused", "lost", "down"]


class Refresher:
    """A refresh in a thread of its own, which takes a step whenever it is told to."""

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
        keeper = SnapshotRepository(
            self, MemoryArchive(), lambda _seconds: None, lambda: f"run {self.number}"
        )
        try:
            keeper.update(partial(with_list, number=self.number))
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
            raise StoreUnavailable("no answer")
        return self._store.read()

    def read_if_changed(self, etag: str) -> StoredObject | None:
        raise NotImplementedError("a keeper reads whatever is there")

    def put(self, body: bytes, if_match: str | None) -> str:
        fault = self._turn()
        if fault == "down":
            raise StoreUnavailable("no answer, and nothing done")
        if fault == "refused":
            raise WriteConflict("409: try again")
        tag = self._store.put(body, if_match)
        if fault == "lost":
            raise StoreUnavailable("done, and no answer")
        if fault == "lost, then refused":
            raise WriteConflict("done, the answer lost, and the retry refused: 412")
        return tag


def with_list(known: CatalogData | None, number: int) -> CatalogData:
    """Return the catalog with a list: one price is its own, and one model is in no other list."""
    records = [record("a/0", pricing={"prompt": f"0.{number:04d}1"}), record(f"only/{number}")]
    models = {raw["id"]: model(raw) for raw in records}
    moment = AS_OF + timedelta(minutes=number)
    seen = ObservedModelList(moment, EVERYTHING, models, frozenset(), ORIGIN)
    return merge_model_list(known, seen, lambda markdown: RenderedDescription(markdown, ""))


class Meeting(RuleBasedStateMachine):
    """Up to five refreshes at once, each at any of its steps, in whatever order."""

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
        keeper = SnapshotRepository(
            self.store, MemoryArchive(), lambda _seconds: None, lambda: "last"
        )
        known = keeper.load()
        sure = {refresher.number for refresher in self.ended if not refresher.failed}
        tried = {refresher.number for refresher in self.ended}
        points = {p.model.id: p.history for p in known.profiles}["a/0"].timelines["price"]
        prices = [point.value["prompt"] for point in points]
        merged_ones = {int(p.model.id[5:]) for p in known.profiles if p.model.id != "a/0"} - {99}

        assert sure <= merged_ones <= tried
        assert prices == [f"0.{number:04d}1" for number in sorted(merged_ones)] + ["0.00991"]
        assert len(known.profiles) == len({p.model.id for p in known.profiles})

    def _step_through(self, refresher: Refresher) -> None:
        while not refresher.done:
            refresher.step("none")
        assert not refresher.failed


Meeting.TestCase.settings = settings(settings.default or settings(), stateful_step_count=40)
TestMeeting: Callable[..., object] = pytest.mark.promise(
    "P10", "meetings of up to five refreshes, in any order of their steps"
)(Meeting.TestCase)
