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
    catalog = apply_leaderboard(contents(profile(HERMES)), BOARD, provenance=ORIGIN)

    (hermes,) = catalog.profiles
    assert (hermes.arena_rank and hermes.arena_rank.rank, catalog.leaderboard) == (7, BOARD)
    assert catalog.sources[ARENA] == ORIGIN


def test_a_newer_leaderboard_removes_ranks_too() -> None:
    ranked = apply_leaderboard(contents(profile(HERMES)), BOARD, ORIGIN)
    other = Leaderboard(None, (LeaderboardRow(1, "something-else", "", 1.0, 1.0, 1.0, 1),))

    newest = apply_leaderboard(ranked, BOARD, LATER)

    assert apply_leaderboard(ranked, other, LATER).profiles[0].arena_rank is None
    assert apply_leaderboard(newest, other, ORIGIN) == newest


def test_a_stored_leaderboard_ranks_new_models() -> None:
    catalog = apply_leaderboard(contents(), BOARD, ORIGIN)._replace(profiles=(profile(HERMES),))

    assert apply_arena_ranks(catalog).profiles[0].arena_rank
    assert apply_arena_ranks(contents(profile(HERMES))) == contents(profile(HERMES))


def test_usage_belongs_to_one_model_or_variant() -> None:
    base = {**HERMES, "canonical_slug": "nous/hermes-4"}
    catalog = contents(profile(base), profile({**base, "id": f"{base['id']}:free"}))
    usage = Usage(5, 1, ((date(2026, 8, 22), 0.5),))

    usages = [p.usage for p in apply_usage(catalog, {"nous/hermes-4": usage}, ORIGIN).profiles]
    assert usages == [usage, None]
    usages = [p.usage for p in apply_usage(catalog, {"nous/hermes-4:free": usage}, ORIGIN).profiles]
    assert usages == [None, usage]


def test_only_newer_usage_replaces_usage() -> None:
    catalog = contents(profile(HERMES))
    usage = Usage(5, 1, ((date(2026, 8, 22), 0.5),))
    updated = apply_usage(catalog, {HERMES["id"]: usage}, LATER)

    assert apply_usage(updated, {}, ORIGIN) == updated
    assert apply_usage(updated, {}, LATER).profiles[0].usage is None
    assert updated.sources[USAGE] == LATER


def test_only_newer_endpoints_replace_endpoints() -> None:
    new, old = EndpointData(AS_OF, ({"provider_name": "New"},)), EndpointData(AS_OF - HOUR, ())
    catalog = apply_endpoints(contents(profile(HERMES), profile(NEW)), {HERMES["id"]: new}, ORIGIN)

    assert [p.endpoint_data for p in catalog.profiles] == [new, None]
    assert apply_endpoints(catalog, {HERMES["id"]: old}, ORIGIN).profiles == catalog.profiles
    assert catalog.sources[ENDPOINTS] == ORIGIN


def test_only_a_source_with_data_becomes_stale() -> None:
    catalog = contents(profile(HERMES))
    moment = AS_OF + HOUR

    stale = mark_source_stale(catalog, LIST, moment, "down")
    assert (stale.sources[LIST].failing_since, stale.profiles) == (moment, catalog.profiles)
    assert mark_source_stale(catalog, ARENA, moment, "down") == catalog


def test_a_failure_before_the_last_response_is_ignored() -> None:
    catalog = contents(profile(HERMES))

    assert mark_source_stale(catalog, LIST, AS_OF - HOUR, "down") == catalog
