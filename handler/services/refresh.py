"""Refresh the catalog: read the list, check it, merge it, then ask whoever else knows more.

The list is stored before any other source is asked: none of them can hold it up.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, partial
from typing import Any

from handler.domain.catalog.catalog import CatalogData
from handler.domain.catalog.diff import CatalogDiff, diff_catalogs
from handler.domain.catalog.provenance import LIST
from handler.domain.errors import (
    CatalogRejected,
    InvalidJson,
    SnapshotMissing,
    SourceError,
    StoreError,
)
from handler.domain.ingest.enrichment import apply_arena_ranks, mark_source_stale
from handler.domain.ingest.merge import merge_model_list
from handler.domain.ingest.sanity_checks import SanityLimits, check_model_list
from handler.ports import DatasetSource, EndpointSource, MarkdownRenderer, ModelListSource
from handler.services.enrichment_sources import (
    SourceUpdate,
    poll_endpoints,
    poll_leaderboard,
    poll_usage,
)
from handler.services.model_list import parse_model_list
from handler.services.snapshot_repository import SnapshotRepository

_MAX_LOGGED_MESSAGES = 10

ProgressCallback = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Sources:
    """Where a refresh reads from. Those that are None are not asked."""

    models: ModelListSource
    endpoints: EndpointSource | None = None
    arena: DatasetSource | None = None
    usage: DatasetSource | None = None


@dataclass(frozen=True, slots=True)
class RefreshResult:
    """What a refresh found.

    `models` counts those listed now; `skipped` says why records were; `troubles` what the
    sources besides the list did wrong; `written` whether the store holds anything new;
    `replaced_corrupt` whether it held a snapshot that could not be read.
    """

    label: str
    as_of: datetime
    models: int
    changes: CatalogDiff
    skipped_records: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    changed: bool = True
    replaced_corrupt: bool = False
    source_states: dict[str, str] = field(default_factory=dict)

    def metrics(self) -> dict[str, int]:
        """Return what is worth watching over time, by name."""
        return {
            "ModelsListed": self.models,
            "ModelsWithdrawn": len(self.changes.withdrawn),
            "RecordsSkipped": len(self.skipped_records),
            "SourcesStale": sum(state == "stale" for state in self.source_states.values()),
            "SnapshotUnreadable": int(self.replaced_corrupt),
        }

    def log_fields(self) -> dict[str, Any]:
        """Return the counts, and the first sentences of what went wrong, for a log line."""
        return {
            "source": self.label,
            "as_of": self.as_of.isoformat(),
            "models": self.models,
            **{name: len(getattr(self.changes, name)) for name in CatalogDiff._fields},
            "skipped": list(self.skipped_records[:_MAX_LOGGED_MESSAGES]),
            "set_aside_count": len(self.skipped_records),
            "troubles": list(self.warnings[:_MAX_LOGGED_MESSAGES]),
            "troubles_count": len(self.warnings),
            "sources": self.source_states,
            "written": self.changed,
        }


def refresh_catalog(
    sources: Sources,
    keeper: SnapshotRepository,
    render_prose: MarkdownRenderer,
    as_of: datetime,
    gates: SanityLimits | None,
    progress: ProgressCallback,
) -> RefreshResult:
    """Merge what the sources say into the stored catalog, the list observed at `as_of`.

    `gates=None` lets any list through. `progress` is told each step. Raises SourceError,
    InvalidJson, CatalogRejected or StoreError where the list could not be merged: what is stored
    then stays.
    """
    as_of = as_of.replace(microsecond=0)  # HTML's times have milliseconds at most
    progress("fetching the list of models")
    fetched = sources.models.fetch()
    progress(f"{len(fetched.records)} records in {len(fetched.body):,} bytes: reading them")
    seen, skipped = parse_model_list(fetched, sources.models.coverage, as_of)
    render = cache(render_prose)

    def merge(known: CatalogData | None) -> CatalogData:
        if gates:
            check_model_list(gates, known, seen, len(skipped))
        return apply_arena_ranks(merge_model_list(known, seen, render))

    progress("merging and writing")
    keeper.archive(fetched.sha256, fetched.body)
    update = keeper.update(merge)
    found = diff_catalogs(update.before, update.after)
    answers = list(_poll_sources(sources, update.after, found, as_of, progress))
    contents = _store_updates(answers, keeper) or update.after
    return RefreshResult(
        label=fetched.label,
        as_of=as_of,
        models=sum(not profile.withdrawn for profile in contents.profiles),
        changes=found,
        skipped_records=skipped,
        warnings=tuple(trouble for answer in answers for trouble in answer.warnings),
        changed=update.changed,
        replaced_corrupt=update.replaced_corrupt,
        source_states={name: origin.state for name, origin in contents.sources.items()},
    )


def run_scheduled_refresh(
    sources: Sources,
    keeper: SnapshotRepository,
    render_prose: MarkdownRenderer,
    as_of: datetime,
    gates: SanityLimits | None,
    progress: ProgressCallback,
) -> RefreshResult:
    """Do as `refresh_catalog`; where that fails, pages say since when the list is not to be had."""
    try:
        return refresh_catalog(sources, keeper, render_prose, as_of, gates, progress)
    except (SourceError, InvalidJson, CatalogRejected) as error:
        with suppress(StoreError):  # the list's own failure is what is to be told
            keeper.update(
                partial(_mark_list_stale, moment=as_of.replace(microsecond=0), why=str(error))
            )
        raise


def _mark_list_stale(known: CatalogData | None, moment: datetime, why: str) -> CatalogData:
    if known is None:
        raise SnapshotMissing("nothing is stored that could be old")
    return mark_source_stale(known, LIST, moment, why)


def _poll_sources(
    sources: Sources,
    known: CatalogData,
    found: CatalogDiff,
    now: datetime,
    progress: ProgressCallback,
) -> Iterator[SourceUpdate]:
    answer: SourceUpdate | None
    if sources.arena:
        progress("asking for Arena ranks")
        if answer := poll_leaderboard(sources.arena, known, now):
            yield answer
    if sources.usage:
        progress("asking for usage")
        if answer := poll_usage(sources.usage, known, now):
            yield answer
    if sources.endpoints:
        progress("asking who serves the models")
        fresh = {*found.added, *found.returned, *found.changed}
        if answer := poll_endpoints(sources.endpoints, known, fresh, now):
            yield answer


def _store_updates(answers: list[SourceUpdate], keeper: SnapshotRepository) -> CatalogData | None:
    """Store what the answers change, each applied to whatever is stored by then."""
    if not answers:
        return None
    for answer in answers:
        if answer.fetched:
            keeper.archive(answer.fetched.sha256, answer.fetched.body)

    def enrich(known: CatalogData | None) -> CatalogData:
        if known is None:
            raise SnapshotMissing("what the list was merged into is gone")
        for answer in answers:
            known = answer.apply(known)
        return known

    return keeper.update(enrich).after
