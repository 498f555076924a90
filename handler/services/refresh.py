"""Refresh the catalog: fetch the model list, check it, merge it, then poll the other sources.

The list is stored before any other source is polled, so that none of them can delay it.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from time import thread_time

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
from handler.ports import MarkdownRenderer, ModelListSource
from handler.services.enrichment_sources import ALWAYS
from handler.services.model_list import parse_model_list
from handler.services.processor_budget import ProcessorBudget
from handler.services.refresh_result import RefreshResult
from handler.services.snapshot_repository import SnapshotRepository
from handler.services.sources import ProgressCallback, Sources, poll_sources, store_updates


def refresh_catalog(
    sources: Sources,
    repository: SnapshotRepository,
    render_markdown: MarkdownRenderer,
    as_of: datetime,
    sanity_limits: SanityLimits | None,
    progress: ProgressCallback,
    processor_clock: Callable[[], float] = thread_time,
) -> RefreshResult:
    """Merge what the sources return into the stored catalog. The list was served at `as_of`.

    Without `sanity_limits`, any list is merged. `progress` is called with a description of each
    step, `processor_clock` returns seconds of processor time. Raises SourceError, InvalidJson,
    CatalogRejected or StoreError if the list could not be merged; the stored catalog then stays.
    """
    as_of = as_of.replace(microsecond=0)  # HTML's times have milliseconds at most
    budget = ProcessorBudget(processor_clock)
    merged = _merge_list(
        sources.models, repository, render_markdown, as_of, sanity_limits, progress, budget
    )
    changes = merged.changes
    updated_ids = {*changes.added, *changes.returned, *changes.changed}
    updates = list(poll_sources(sources, merged.catalog, updated_ids, as_of, progress))
    catalog = store_updates(updates, repository) or merged.catalog
    return RefreshResult(
        label=merged.label,
        as_of=as_of,
        models=sum(not profile.withdrawn for profile in catalog.profiles),
        changes=changes,
        skipped_records=merged.skipped_records,
        warnings=tuple(warning for update in updates for warning in update.warnings),
        changed=merged.changed,
        replaced_corrupt=merged.replaced_corrupt,
        catalog_as_of=catalog.as_of,
        left_for_later=budget.left_for_later,
        source_states={name: source.state for name, source in catalog.sources.items()},
    )


def enrich_catalog(
    sources: Sources, repository: SnapshotRepository, as_of: datetime, progress: ProgressCallback
) -> RefreshResult:
    """Poll the sources besides the list, due or not, and add their data to the stored models.

    The list is not fetched. Raises StoreError if nothing is stored, or it could not be written.
    """
    stored = repository.load()
    as_of = as_of.replace(microsecond=0)
    model_ids = {profile.model.id for profile in stored.profiles}
    updates = list(poll_sources(sources, stored, model_ids, as_of, progress, ALWAYS))
    catalog = store_updates(updates, repository) or stored
    return RefreshResult(
        label=stored.sources[LIST].label,
        as_of=stored.as_of,
        models=sum(not profile.withdrawn for profile in catalog.profiles),
        changes=diff_catalogs(stored, stored),
        warnings=tuple(warning for update in updates for warning in update.warnings),
        changed=catalog != stored,
        catalog_as_of=catalog.as_of,
        source_states={name: source.state for name, source in catalog.sources.items()},
    )


@dataclass(frozen=True, slots=True)
class _MergedList:
    """The outcome of merging the list: fields as in RefreshResult, and the catalog with it."""

    label: str
    catalog: CatalogData
    changes: CatalogDiff
    skipped_records: tuple[str, ...]
    changed: bool
    replaced_corrupt: bool


def _merge_list(
    source: ModelListSource,
    repository: SnapshotRepository,
    render_markdown: MarkdownRenderer,
    as_of: datetime,
    sanity_limits: SanityLimits | None,
    progress: ProgressCallback,
    budget: ProcessorBudget,
) -> _MergedList:
    """Merge the list into the stored catalog. The list and the old catalog are released then."""
    progress("fetching the list of models")
    fetched = source.fetch()
    progress(f"{len(fetched.records)} records in {len(fetched.body):,} bytes: reading them")
    observed, skipped = parse_model_list(fetched, source.coverage, as_of)
    render = cache(budget.limit(render_markdown))

    def merge(stored: CatalogData | None) -> CatalogData:
        budget.check("comparing the list")
        if sanity_limits:
            check_model_list(sanity_limits, stored, observed, len(skipped))
        merged = merge_model_list(stored, observed, render, budget.check)
        budget.check("ranking the models")
        ranked = apply_arena_ranks(merged)
        budget.check("writing the catalog")
        return ranked

    progress("merging and writing")
    repository.archive(fetched.sha256, fetched.body)
    merged = repository.update(merge)
    return _MergedList(
        fetched.label,
        merged.after,
        diff_catalogs(merged.before, merged.after),
        skipped,
        merged.changed,
        merged.replaced_corrupt,
    )


def run_scheduled_refresh(
    sources: Sources,
    repository: SnapshotRepository,
    render_markdown: MarkdownRenderer,
    as_of: datetime,
    sanity_limits: SanityLimits | None,
    progress: ProgressCallback,
) -> RefreshResult:
    """Run `refresh_catalog`. If it fails, mark the stored list as stale, and raise the error."""
    try:
        return refresh_catalog(sources, repository, render_markdown, as_of, sanity_limits, progress)
    except (SourceError, InvalidJson, CatalogRejected) as error:
        mark = partial(_mark_list_stale, moment=as_of.replace(microsecond=0), failure=str(error))
        with suppress(StoreError):  # the list's own error matters more
            repository.update(mark)
        raise


def _mark_list_stale(stored: CatalogData | None, moment: datetime, failure: str) -> CatalogData:
    if stored is None:
        raise SnapshotMissing("nothing is stored that could be old")
    return mark_source_stale(stored, LIST, moment, failure)
