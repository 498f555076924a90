"""Ask the sources besides the list, each when it is due; one that fails holds up no other."""

from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial

from handler.domain.arena.leaderboard import parse_leaderboard
from handler.domain.catalog.catalog import CatalogData
from handler.domain.catalog.endpoints import compact_endpoints
from handler.domain.catalog.profile import EndpointData, Profile
from handler.domain.catalog.provenance import ARENA, ENDPOINTS, USAGE
from handler.domain.catalog.usage import parse_rankings
from handler.domain.errors import InvalidJson, SourceError
from handler.domain.ingest import enrichment
from handler.domain.ingest.enrichment import CatalogChange
from handler.ports import DatasetSource, EndpointBatch, EndpointSource, FetchedDataset
from handler.services.model_list import provenance_for

# The leaderboard is published about once a week, usage once a day: neither is worth asking often.
DATASET_POLL_INTERVAL = timedelta(hours=6)
# Endpoints change little within an hour, but for how well they run.
ENDPOINT_POLL_INTERVAL = timedelta(hours=1)

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SourceUpdate:
    """What to do with what a source said, the body to archive, and what went wrong if anything."""

    apply: CatalogChange
    fetched: FetchedDataset | None = None
    warnings: tuple[str, ...] = ()


def poll_leaderboard(
    source: DatasetSource, known: CatalogData, now: datetime
) -> SourceUpdate | None:
    """Return what the Arena leaderboard says, None where it is not due yet."""
    if not _is_due(known, ARENA, now):
        return None
    try:
        fetched = source.fetch()
        board, skipped = parse_leaderboard(fetched.records)
        if not board.rows:
            raise SourceError(f"{fetched.label} ({fetched.url}): it ranks no model")
    except (SourceError, InvalidJson) as error:
        return _failed_update(ARENA, now, error)
    board = board._replace(published=board.published or _published_date(fetched.as_of, now))
    provenance = provenance_for(fetched, now, board.published, len(fetched.records), len(skipped))
    change = partial(enrichment.apply_leaderboard, board=board, provenance=provenance)
    return SourceUpdate(change, fetched, skipped)


def poll_usage(source: DatasetSource, known: CatalogData, now: datetime) -> SourceUpdate | None:
    """Return what the daily rankings say, None where they are not due yet."""
    if not _is_due(known, USAGE, now):
        return None
    try:
        fetched = source.fetch()
        used = parse_rankings(fetched.records)
        if not used:
            raise SourceError(f"{fetched.label} ({fetched.url}): it counts no model")
    except (SourceError, InvalidJson) as error:
        return _failed_update(USAGE, now, error)
    provenance = provenance_for(
        fetched, now, _published_date(fetched.as_of, now), len(fetched.records), 0
    )
    return SourceUpdate(partial(enrichment.apply_usage, used=used, provenance=provenance), fetched)


def poll_endpoints(
    source: EndpointSource, known: CatalogData, fresh: Collection[str], now: datetime
) -> SourceUpdate | None:
    """Return what is said of the models that are worth asking about, None where there are none.

    First those that are `fresh`, new or changed, then those that were asked for longest ago.
    """
    wanted = list(models_due_for_polling(known, fresh, now))
    if not wanted:
        return None
    said = source.fetch(wanted)
    if not said.responses:
        reason = said.errors[0] if said.errors else "no time was left"
        return _failed_update(ENDPOINTS, now, SourceError(reason))
    fetched = _combine_responses(said, source)
    offers = {
        d.model_id: EndpointData(d.fetched_at or now, tuple(compact_endpoints(d.record)))
        for d in said.responses
    }
    as_of = max(offer.fetched_at for offer in offers.values())
    provenance = provenance_for(fetched, now, as_of, len(said.responses), len(said.errors))
    change = partial(enrichment.apply_endpoints, offers=offers, provenance=provenance)
    return SourceUpdate(change, fetched, said.errors)


def models_due_for_polling(
    known: CatalogData, fresh: Collection[str], now: datetime
) -> Iterator[str]:
    """Yield the ids of the models to ask about, in order. Aliases are served under other names."""

    def urgency(profile: Profile) -> tuple[bool, datetime]:
        return (
            profile.model.id not in fresh,
            profile.endpoint_data.fetched_at if profile.endpoint_data else _NEVER,
        )

    for profile in sorted(known.profiles, key=urgency):
        settled, asked = urgency(profile)
        if profile.withdrawn or profile.model.id.startswith("~"):
            continue
        if not settled or now - asked >= ENDPOINT_POLL_INTERVAL:
            yield profile.model.id


def _is_due(known: CatalogData, source: str, now: datetime) -> bool:
    last = known.sources.get(source)
    return last is None or now - last.fetched_at >= DATASET_POLL_INTERVAL


def _published_date(said: str | None, now: datetime) -> date:
    """Return the day that a source says its data is of, today where it does not."""
    with suppress(ValueError):
        return date.fromisoformat((said or "")[:10])
    return now.date()


def _failed_update(source: str, now: datetime, error: Exception) -> SourceUpdate:
    reason = str(error)
    change = partial(enrichment.mark_source_stale, source=source, moment=now, failure=reason)
    return SourceUpdate(change, warnings=(reason,))


def _combine_responses(said: EndpointBatch, source: EndpointSource) -> FetchedDataset:
    """Return the bodies of many calls as one, a line each, so that they are archived together."""
    body = b"\n".join(details.body.replace(b"\n", b" ") for details in said.responses)
    return FetchedDataset([], source.label, source.url, body)
