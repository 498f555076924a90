"""The sources of a refresh: which there are, when they are polled, and how their data is stored."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from handler.domain.catalog.catalog import CatalogData
from handler.domain.errors import SnapshotMissing
from handler.ports import DatasetSource, EndpointSource, ModelListSource
from handler.services.enrichment_sources import (
    DATASET_POLL_INTERVAL,
    SourceUpdate,
    poll_endpoints,
    poll_leaderboard,
    poll_usage,
)
from handler.services.snapshot_repository import SnapshotRepository

ProgressCallback = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources of a refresh. Those that are None are not polled."""

    models: ModelListSource
    endpoints: EndpointSource | None = None
    arena: DatasetSource | None = None
    usage: DatasetSource | None = None


def poll_sources(
    sources: Sources,
    stored: CatalogData,
    updated_ids: Collection[str],
    now: datetime,
    progress: ProgressCallback,
    interval: timedelta = DATASET_POLL_INTERVAL,
) -> Iterator[SourceUpdate]:
    """Yield the update of each source that is due. Endpoints of updated models are always due."""
    update: SourceUpdate | None
    if sources.arena:
        progress("requesting Arena ranks")
        if update := poll_leaderboard(sources.arena, stored, now, interval):
            yield update
    if sources.usage:
        progress("requesting usage")
        if update := poll_usage(sources.usage, stored, now, interval):
            yield update
    if sources.endpoints:
        progress("requesting the endpoints of models (up to a few minutes)")
        if update := poll_endpoints(sources.endpoints, stored, updated_ids, now):
            yield update


def store_updates(
    updates: list[SourceUpdate], repository: SnapshotRepository
) -> CatalogData | None:
    """Apply the updates to whatever is stored by then, store the result, and return it."""
    if not updates:
        return None
    for update in updates:
        if update.fetched:
            repository.archive(update.fetched.sha256, update.fetched.body)

    def apply_all(stored: CatalogData | None) -> CatalogData:
        if stored is None:
            raise SnapshotMissing("what the list was merged into is gone")
        for update in updates:
            stored = update.apply(stored)
        return stored

    return repository.update(apply_all).after
