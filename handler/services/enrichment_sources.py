"""Poll the sources other than the model list when each is due. Their failures are independent."""

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
from handler.ports import DatasetSource, EndpointSource, FetchedDataset
from handler.services.model_list import provenance_for

# The leaderboard is published about once a week, usage once a day.
DATASET_POLL_INTERVAL = timedelta(hours=6)
ALWAYS = timedelta.min
# A model whose record changes is polled at once. Otherwise little changes but the day's uptime.
ENDPOINT_POLL_INTERVAL = timedelta(hours=6)

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SourceUpdate:
    """The change that a source's response makes to a catalog.

    `fetched` has the body to archive, if the source responded. `warnings` are for the log.
    """

    apply: CatalogChange
    fetched: FetchedDataset | None = None
    warnings: tuple[str, ...] = ()


def poll_leaderboard(
    source: DatasetSource,
    catalog: CatalogData,
    now: datetime,
    interval: timedelta = DATASET_POLL_INTERVAL,
) -> SourceUpdate | None:
    """Return the update from the Arena leaderboard, None if it is not due yet."""
    if not _is_due(catalog, ARENA, now, interval):
        return None
    try:
        fetched = source.fetch()
        board, skipped = parse_leaderboard(fetched.records)
        if not board.rows:
            raise SourceError(f"{fetched.label} ({fetched.url}): it ranks no model")
    except (SourceError, InvalidJson) as error:
        return _failed_update(ARENA, now, str(error))
    published = board.published or _parse_date(fetched.as_of, now)
    board = board._replace(published=published)
    provenance = provenance_for(fetched, now, published, len(fetched.records), len(skipped))
    change = partial(enrichment.apply_leaderboard, board=board, provenance=provenance)
    return SourceUpdate(change, fetched, skipped)


def poll_usage(
    source: DatasetSource,
    catalog: CatalogData,
    now: datetime,
    interval: timedelta = DATASET_POLL_INTERVAL,
) -> SourceUpdate | None:
    """Return the update from the daily rankings, None if they are not due yet."""
    if not _is_due(catalog, USAGE, now, interval):
        return None
    try:
        fetched = source.fetch()
        usage = parse_rankings(fetched.records)
        if not usage:
            raise SourceError(f"{fetched.label} ({fetched.url}): it counts no model")
    except (SourceError, InvalidJson) as error:
        return _failed_update(USAGE, now, str(error))
    as_of = _parse_date(fetched.as_of, now)
    provenance = provenance_for(fetched, now, as_of, len(fetched.records), 0)
    change = partial(enrichment.apply_usage, usage=usage, provenance=provenance)
    return SourceUpdate(change, fetched)


def poll_endpoints(
    source: EndpointSource, catalog: CatalogData, updated_ids: Collection[str], now: datetime
) -> SourceUpdate | None:
    """Return the update from the endpoints of all models that are due, None if no model is."""
    model_ids = list(models_due_for_polling(catalog, updated_ids, now))
    if not model_ids:
        return None
    batch = source.fetch(model_ids)
    if not batch.responses:
        return _failed_update(ENDPOINTS, now, next(iter(batch.errors), "no time was left"))
    # All bodies as one, a line each, to archive them together.
    body = b"\n".join(response.body.replace(b"\n", b" ") for response in batch.responses)
    fetched = FetchedDataset([], source.label, source.url, body)
    endpoints = {
        r.model_id: EndpointData(r.fetched_at or now, tuple(compact_endpoints(r.record)))
        for r in batch.responses
    }
    as_of = max(data.fetched_at for data in endpoints.values())
    provenance = provenance_for(fetched, now, as_of, len(batch.responses), len(batch.errors))
    change = partial(enrichment.apply_endpoints, endpoints=endpoints, provenance=provenance)
    return SourceUpdate(change, fetched, batch.errors)


def models_due_for_polling(
    catalog: CatalogData, updated_ids: Collection[str], now: datetime
) -> Iterator[str]:
    """Yield the ids of the models to poll: the updated ones, then those polled longest ago.

    Aliases are left out: their endpoints are served under other ids.
    """

    def sort_key(profile: Profile) -> tuple[bool, datetime]:
        data = profile.endpoint_data
        return profile.model.id not in updated_ids, data.fetched_at if data else _NEVER

    for profile in sorted(catalog.profiles, key=sort_key):
        is_unchanged, polled_at = sort_key(profile)
        if profile.withdrawn or profile.model.id.startswith("~"):
            continue
        if not is_unchanged or now - polled_at >= ENDPOINT_POLL_INTERVAL:
            yield profile.model.id


def _is_due(catalog: CatalogData, source: str, now: datetime, interval: timedelta) -> bool:
    last = catalog.sources.get(source)
    return last is None or now - last.fetched_at >= interval


def _parse_date(text: str | None, now: datetime) -> date:
    """Return the date that a source gives for its data, today if it gives none."""
    with suppress(ValueError):
        return date.fromisoformat((text or "")[:10])
    return now.date()


def _failed_update(source: str, now: datetime, failure: str) -> SourceUpdate:
    change = partial(enrichment.mark_source_stale, source=source, moment=now, failure=failure)
    return SourceUpdate(change, warnings=(failure,))
