"""Fake sources, and a repository over a store in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from handler.domain.catalog.coverage import EVERYTHING, Coverage
from handler.domain.text import RenderedDescription
from handler.ports import EndpointBatch, EndpointResponse, FetchedDataset
from handler.services.snapshot_repository import SnapshotRepository
from tests.support.builders import MemoryArchive, MemoryStore, listing


class FakeDataset:
    """A model list or data set with these records, or an error."""

    def __init__(
        self, *records: Any, error: Exception | None = None, coverage: Coverage = EVERYTHING
    ) -> None:
        self.coverage = coverage
        self.records = records
        self.error = error
        self.fetches = 0

    def fetch(self) -> FetchedDataset:
        self.fetches += 1
        if self.error:
            raise self.error
        return listing(*self.records)


@dataclass
class FakeEndpoints:
    """Endpoints by model. `requested` has the ids of each fetch. Without any, it is down."""

    endpoints: dict[str, list[Any]]
    label: str = "endpoints"
    url: str = "https://example.org/{id}"
    requested: list[list[str]] = field(default_factory=list)

    def fetch(self, model_ids: Sequence[str]) -> EndpointBatch:
        self.requested.append(list(model_ids))
        responses = [
            EndpointResponse(model_id, {"endpoints": self.endpoints[model_id]}, b"{}")
            for model_id in model_ids
            if model_id in self.endpoints
        ]
        return EndpointBatch(tuple(responses), () if responses else ("upstream is down",))


def render_plain(markdown: str) -> RenderedDescription:
    """Return the Markdown as it is, in one paragraph."""
    return RenderedDescription(markdown, f"<p>{markdown}</p>")


def memory_repository(
    store: MemoryStore, archive: MemoryArchive | None = None
) -> SnapshotRepository:
    """Return a repository over a store in memory, which never sleeps."""
    run_ids = (f"run {number}" for number in range(10**9))
    return SnapshotRepository(
        store, archive or MemoryArchive(), lambda _seconds: None, lambda: next(run_ids)
    )


def ignore_progress(_step: str) -> None:
    """Take a step of a refresh, and do nothing."""
