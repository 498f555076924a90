from datetime import date, timedelta

from handler.domain.arena.leaderboard import Leaderboard, LeaderboardRow
from handler.domain.catalog.profile import EndpointData
from handler.domain.catalog.provenance import ARENA, ENDPOINTS, LIST, USAGE
from handler.domain.catalog.usage import Usage
from handler.domain.ingest.enrichment import (
    apply_arena_ranks,
    apply_endpoints,
    apply_leaderboard,
    apply_usage,
    mark_source_stale,
)
from tests.support.builders import AS_OF, HERMES, ORIGIN, contents, making, profile, record

BOARD = Leaderboard(
    date(2026, 8, 19),
    (LeaderboardRow(7, "hermes-4-405b", "nousresearch", 1500.5, 1490.0, 1510.0, 70),),
)
HOUR = timedelta(hours=1)
LATER = ORIGIN._replace(fetched_at=AS_OF + HOUR)
NEW = record("acme/hermes-5", architecture=making("text"))


def test_a_leaderboard_ranks_its_models() -> None:
    known = apply_leaderboard(contents(profile(HERMES)), BOARD, provenance=ORIGIN)

    (hermes,) = known.profiles
    assert (hermes.arena_rank and hermes.arena_rank.rank, known.leaderboard) == (7, BOARD)
    assert known.sources[ARENA] == ORIGIN


def test_a_newer_leaderboard_removes_ranks_too() -> None:
    ranked = apply_leaderboard(contents(profile(HERMES)), BOARD, ORIGIN)
    other = Leaderboard(None, (LeaderboardRow(1, "something-else", "", 1.0, 1.0, 1.0, 1),))

    newest = apply_leaderboard(ranked, BOARD, LATER)

    assert apply_leaderboard(ranked, other, LATER).profiles[0].arena_rank is None
    assert apply_leaderboard(newest, other, ORIGIN) == newest


def test_a_stored_leaderboard_ranks_new_models() -> None:
    known = apply_leaderboard(contents(), BOARD, ORIGIN)._replace(profiles=(profile(HERMES),))

    assert apply_arena_ranks(known).profiles[0].arena_rank
    assert apply_arena_ranks(contents(profile(HERMES))) == contents(profile(HERMES))


def test_usage_belongs_to_one_model_or_variant() -> None:
    base = {**HERMES, "canonical_slug": "nous/hermes-4"}
    known = contents(profile(base), profile({**base, "id": f"{base['id']}:free"}))
    used = Usage(5, 1, ((date(2026, 8, 22), 0.5),))

    usages = [p.usage for p in apply_usage(known, {"nous/hermes-4": used}, ORIGIN).profiles]
    assert usages == [used, None]
    usages = [p.usage for p in apply_usage(known, {"nous/hermes-4:free": used}, ORIGIN).profiles]
    assert usages == [None, used]


def test_only_newer_usage_replaces_usage() -> None:
    known = contents(profile(HERMES))
    used = Usage(5, 1, ((date(2026, 8, 22), 0.5),))
    fresh = apply_usage(known, {HERMES["id"]: used}, LATER)

    assert apply_usage(fresh, {}, ORIGIN) == fresh
    assert apply_usage(fresh, {}, LATER).profiles[0].usage is None
    assert fresh.sources[USAGE] == LATER


def test_only_newer_endpoints_replace_endpoints() -> None:
    new, old = EndpointData(AS_OF, ({"provider_name": "New"},)), EndpointData(AS_OF - HOUR, ())
    known = apply_endpoints(contents(profile(HERMES), profile(NEW)), {HERMES["id"]: new}, ORIGIN)

    assert [p.endpoint_data for p in known.profiles] == [new, None]
    assert apply_endpoints(known, {HERMES["id"]: old}, ORIGIN).profiles == known.profiles
    assert known.sources[ENDPOINTS] == ORIGIN


def test_only_a_source_with_data_becomes_stale() -> None:
    known = contents(profile(HERMES))
    moment = AS_OF + HOUR

    failing = mark_source_stale(known, LIST, moment, "down")
    assert (failing.sources[LIST].failing_since, failing.profiles) == (moment, known.profiles)
    assert mark_source_stale(known, ARENA, moment, "down") == known


def test_a_failure_before_the_last_response_is_ignored() -> None:
    known = contents(profile(HERMES))

    assert mark_source_stale(known, LIST, AS_OF - HOUR, "down") == known
