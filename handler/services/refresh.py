"""Refresh the catalog: read the list, check it, merge it, then ask whoever else knows more.

The list is stored before any other source is asked: none of them can hold it up.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, partial
from typing import Any

from handler.domain.catalog.catalog import Contents
from handler.domain.catalog.diff import News, news
from handler.domain.catalog.provenance import LIST
from handler.domain.errors import (
    InvalidJson,
    RefusedCatalog,
    SnapshotMissing,
    SourceError,
    StoreError,
)
from handler.domain.ingest.enrichment import with_failure, with_standings
from handler.domain.ingest.merge import merged
from handler.domain.ingest.sanity_checks import Gates, check
from handler.ports import CatalogSource, DetailsSource, RenderProse, RowsSource
from handler.services.enrichment_sources import Answer, ask_details, ask_leaderboard, ask_usage
from handler.services.model_list import observation
from handler.services.snapshot_repository import Keeper

_SENTENCES_SHOWN = 10

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Sources:
    """Where a refresh reads from. Those that are None are not asked."""

    models: CatalogSource
    details: DetailsSource | None = None
    arena: RowsSource | None = None
    usage: RowsSource | None = None


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh found.

    `models` counts those listed now; `set_aside` says why records were; `troubles` what the
    sources besides the list did wrong; `written` whether the store holds anything new;
    `started_over` whether it held a snapshot that could not be read.
    """

    label: str
    as_of: datetime
    models: int
    news: News
    set_aside: tuple[str, ...] = ()
    troubles: tuple[str, ...] = ()
    written: bool = True
    started_over: bool = False
    states: dict[str, str] = field(default_factory=dict)

    def counts(self) -> dict[str, int]:
        """Return what is worth watching over time, by name."""
        return {
            "ModelsListed": self.models,
            "ModelsWithdrawn": len(self.news.withdrawn),
            "RecordsSetAside": len(self.set_aside),
            "SourcesStale": sum(state == "stale" for state in self.states.values()),
            "SnapshotUnreadable": int(self.started_over),
        }

    def summary(self) -> dict[str, Any]:
        """Return the counts, and the first sentences of what went wrong, for a log line."""
        return {
            "source": self.label,
            "as_of": self.as_of.isoformat(),
            "models": self.models,
            **{name: len(getattr(self.news, name)) for name in News.__slots__},
            "set_aside": list(self.set_aside[:_SENTENCES_SHOWN]),
            "set_aside_count": len(self.set_aside),
            "troubles": list(self.troubles[:_SENTENCES_SHOWN]),
            "troubles_count": len(self.troubles),
            "sources": self.states,
            "written": self.written,
        }


def refresh_catalog(
    sources: Sources,
    keeper: Keeper,
    render_prose: RenderProse,
    as_of: datetime,
    gates: Gates | None,
    progress: Progress,
) -> Refreshed:
    """Merge what the sources say into the stored catalog, the list observed at `as_of`.

    `gates=None` lets any list through. `progress` is told each step. Raises SourceError,
    InvalidJson, RefusedCatalog or StoreError where the list could not be merged: what is stored
    then stays.
    """
    as_of = as_of.replace(microsecond=0)  # HTML's times have milliseconds at most
    progress("fetching the list of models")
    fetched = sources.models.fetch()
    progress(f"{len(fetched.records)} records in {len(fetched.body):,} bytes: reading them")
    seen, set_aside = observation(fetched, sources.models.coverage, as_of)
    render = cache(render_prose)

    def merge(known: Contents | None) -> Contents:
        if gates:
            check(gates, known, seen, len(set_aside))
        return with_standings(merged(known, seen, render))

    progress("merging and writing")
    keeper.archive(fetched.sha256, fetched.body)
    update = keeper.update(merge)
    found = news(update.before, update.after)
    answers = list(_answers(sources, update.after, found, as_of, progress))
    contents = _keep(answers, keeper) or update.after
    return Refreshed(
        label=fetched.label,
        as_of=as_of,
        models=sum(not profile.withdrawn for profile in contents.profiles),
        news=found,
        set_aside=set_aside,
        troubles=tuple(trouble for answer in answers for trouble in answer.troubles),
        written=update.written,
        started_over=update.started_over,
        states={name: origin.state for name, origin in contents.sources.items()},
    )


def refresh_by_schedule(
    sources: Sources,
    keeper: Keeper,
    render_prose: RenderProse,
    as_of: datetime,
    gates: Gates | None,
    progress: Progress,
) -> Refreshed:
    """Do as `refresh_catalog`; where that fails, pages say since when the list is not to be had."""
    try:
        return refresh_catalog(sources, keeper, render_prose, as_of, gates, progress)
    except (SourceError, InvalidJson, RefusedCatalog) as error:
        with suppress(StoreError):  # the list's own failure is what is to be told
            keeper.update(partial(_failing, moment=as_of.replace(microsecond=0), why=str(error)))
        raise


def _failing(known: Contents | None, moment: datetime, why: str) -> Contents:
    if known is None:
        raise SnapshotMissing("nothing is stored that could be old")
    return with_failure(known, LIST, moment, why)


def _answers(
    sources: Sources, known: Contents, found: News, now: datetime, progress: Progress
) -> Iterator[Answer]:
    answer: Answer | None
    if sources.arena:
        progress("asking for Arena ranks")
        if answer := ask_leaderboard(sources.arena, known, now):
            yield answer
    if sources.usage:
        progress("asking for usage")
        if answer := ask_usage(sources.usage, known, now):
            yield answer
    if sources.details:
        progress("asking who serves the models")
        fresh = {*found.added, *found.returned, *found.changed}
        if answer := ask_details(sources.details, known, fresh, now):
            yield answer


def _keep(answers: list[Answer], keeper: Keeper) -> Contents | None:
    """Store what the answers change, each applied to whatever is stored by then."""
    if not answers:
        return None
    for answer in answers:
        if answer.fetched:
            keeper.archive(answer.fetched.sha256, answer.fetched.body)

    def enrich(known: Contents | None) -> Contents:
        if known is None:
            raise SnapshotMissing("what the list was merged into is gone")
        for answer in answers:
            known = answer.change(known)
        return known

    return keeper.update(enrich).after
