"""Ask the sources besides the list, each when it is due; one that fails holds up no other."""

from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

from handler.domain.arena.leaderboard import leaderboard_of
from handler.domain.catalog.catalog import Contents
from handler.domain.catalog.endpoints import kept
from handler.domain.catalog.profile import Offers, Profile
from handler.domain.catalog.provenance import ARENA, DETAILS, USAGE
from handler.domain.catalog.usage import usage_of
from handler.domain.errors import InvalidJson, SourceError
from handler.domain.ingest import enrichment
from handler.domain.ingest.enrichment import Change
from handler.ports import DetailsFound, DetailsSource, Fetched, RowsSource
from handler.services.model_list import provenance

# The leaderboard is published about once a week, usage once a day: neither is worth asking often.
RANKS_EVERY = timedelta(hours=6)
# Endpoints change little within an hour, but for how well they run.
DETAILS_EVERY = timedelta(hours=1)

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Answer:
    """What to do with what a source said, the body to archive, and what went wrong if anything."""

    change: Change
    fetched: Fetched | None = None
    troubles: tuple[str, ...] = ()


def ask_leaderboard(source: RowsSource, known: Contents, now: datetime) -> Answer | None:
    """Return what the Arena leaderboard says, None where it is not due yet."""
    if not _is_due(known, ARENA, now):
        return None
    try:
        fetched = source.fetch()
        board, set_aside = leaderboard_of(fetched.records)
        if not board.ratings:
            raise SourceError(f"{fetched.label} ({fetched.url}): it ranks no model")
    except (SourceError, InvalidJson) as error:
        return _failure(ARENA, now, error)
    board = replace(board, published=board.published or _day(fetched.as_of, now))
    origin = provenance(fetched, now, board.published, len(fetched.records), len(set_aside))
    change = partial(enrichment.with_leaderboard, board=board, origin=origin)
    return Answer(change, fetched, set_aside)


def ask_usage(source: RowsSource, known: Contents, now: datetime) -> Answer | None:
    """Return what the daily rankings say, None where they are not due yet."""
    if not _is_due(known, USAGE, now):
        return None
    try:
        fetched = source.fetch()
        used = usage_of(fetched.records)
        if not used:
            raise SourceError(f"{fetched.label} ({fetched.url}): it counts no model")
    except (SourceError, InvalidJson) as error:
        return _failure(USAGE, now, error)
    origin = provenance(fetched, now, _day(fetched.as_of, now), len(fetched.records), 0)
    return Answer(partial(enrichment.with_usage, used=used, origin=origin), fetched)


def ask_details(
    source: DetailsSource, known: Contents, fresh: Collection[str], now: datetime
) -> Answer | None:
    """Return what is said of the models that are worth asking about, None where there are none.

    First those that are `fresh`, new or changed, then those that were asked for longest ago.
    """
    wanted = list(worth_asking(known, fresh, now))
    if not wanted:
        return None
    said = source.fetch(wanted)
    if not said.found:
        reason = said.failures[0] if said.failures else "no time was left"
        return _failure(DETAILS, now, SourceError(reason))
    fetched = _as_one(said, source)
    offers = {d.model_id: Offers(d.asked or now, tuple(kept(d.record))) for d in said.found}
    as_of = max(offer.asked for offer in offers.values())
    origin = provenance(fetched, now, as_of, len(said.found), len(said.failures))
    change = partial(enrichment.with_offers, offers=offers, origin=origin)
    return Answer(change, fetched, said.failures)


def worth_asking(known: Contents, fresh: Collection[str], now: datetime) -> Iterator[str]:
    """Yield the ids of the models to ask about, in order. Aliases are served under other names."""

    def urgency(profile: Profile) -> tuple[bool, datetime]:
        return profile.model.id not in fresh, profile.offers.asked if profile.offers else _NEVER

    for profile in sorted(known.profiles, key=urgency):
        settled, asked = urgency(profile)
        if profile.withdrawn or profile.model.id.startswith("~"):
            continue
        if not settled or now - asked >= DETAILS_EVERY:
            yield profile.model.id


def _is_due(known: Contents, source: str, now: datetime) -> bool:
    last = known.sources.get(source)
    return last is None or now - last.fetched >= RANKS_EVERY


def _day(said: str | None, now: datetime) -> date:
    """Return the day that a source says its data is of, today where it does not."""
    with suppress(ValueError):
        return date.fromisoformat((said or "")[:10])
    return now.date()


def _failure(source: str, now: datetime, error: Exception) -> Answer:
    reason = str(error)
    change = partial(enrichment.with_failure, source=source, moment=now, failure=reason)
    return Answer(change, troubles=(reason,))


def _as_one(said: DetailsFound, source: DetailsSource) -> Fetched:
    """Return the bodies of many calls as one, a line each, so that they are archived together."""
    body = b"\n".join(details.body.replace(b"\n", b" ") for details in said.found)
    return Fetched([], source.label, source.url, body)
