from dataclasses import replace
from datetime import date, timedelta

from handler.domain.arena.leaderboard import Leaderboard, Rating
from handler.domain.catalog.profile import Offers
from handler.domain.catalog.provenance import ARENA, DETAILS, LIST, USAGE
from handler.domain.catalog.usage import Usage
from handler.domain.ingest.enrichment import (
    with_failure,
    with_leaderboard,
    with_offers,
    with_standings,
    with_usage,
)
from tests.support.builders import AS_OF, HERMES, ORIGIN, contents, making, profile, record

BOARD = Leaderboard(
    date(2026, 8, 19), (Rating(7, "hermes-4-405b", "nousresearch", 1500.5, 1490.0, 1510.0, 70),)
)
HOUR = timedelta(hours=1)
LATER = replace(ORIGIN, fetched=AS_OF + HOUR)
NEW = record("acme/hermes-5", architecture=making("text"))


def test_a_leaderboard_gives_models_their_standing() -> None:
    known = with_leaderboard(contents(profile(HERMES)), BOARD, origin=ORIGIN)

    (hermes,) = known.profiles
    assert (hermes.standing and hermes.standing.rank, known.leaderboard) == (7, BOARD)
    assert known.sources[ARENA] == ORIGIN


def test_a_newer_leaderboard_takes_ranks_away_too() -> None:
    ranked = with_leaderboard(contents(profile(HERMES)), BOARD, ORIGIN)
    other = Leaderboard(None, (Rating(1, "something-else", "", 1.0, 1.0, 1.0, 1),))

    newest = with_leaderboard(ranked, BOARD, LATER)

    assert with_leaderboard(ranked, other, LATER).profiles[0].standing is None
    assert with_leaderboard(newest, other, ORIGIN) == newest


def test_a_leaderboard_that_is_known_ranks_models_that_come_later() -> None:
    known = replace(with_leaderboard(contents(), BOARD, ORIGIN), profiles=(profile(HERMES),))

    assert with_standings(known).profiles[0].standing
    assert with_standings(contents(profile(HERMES))) == contents(profile(HERMES))


def test_usage_goes_to_the_model_or_variant_that_it_counts() -> None:
    base = {**HERMES, "canonical_slug": "nous/hermes-4"}
    known = contents(profile(base), profile({**base, "id": f"{base['id']}:free"}))
    used = Usage(5, 1, ((date(2026, 8, 22), 0.5),))

    usages = [p.usage for p in with_usage(known, {"nous/hermes-4": used}, ORIGIN).profiles]
    assert usages == [used, None]
    usages = [p.usage for p in with_usage(known, {"nous/hermes-4:free": used}, ORIGIN).profiles]
    assert usages == [None, used]


def test_newer_usage_replaces_older_and_never_the_other_way() -> None:
    known = contents(profile(HERMES))
    used = Usage(5, 1, ((date(2026, 8, 22), 0.5),))
    fresh = with_usage(known, {HERMES["id"]: used}, LATER)

    assert with_usage(fresh, {}, ORIGIN) == fresh
    assert with_usage(fresh, {}, LATER).profiles[0].usage is None
    assert fresh.sources[USAGE] == LATER


def test_offers_are_kept_until_newer_ones_come() -> None:
    new, old = Offers(AS_OF, ({"provider_name": "New"},)), Offers(AS_OF - HOUR, ())
    known = with_offers(contents(profile(HERMES), profile(NEW)), {HERMES["id"]: new}, ORIGIN)

    assert [p.offers for p in known.profiles] == [new, None]
    assert with_offers(known, {HERMES["id"]: old}, ORIGIN).profiles == known.profiles
    assert known.sources[DETAILS] == ORIGIN


def test_a_source_that_fails_is_stale_and_one_that_never_answered_is_absent() -> None:
    known = contents(profile(HERMES))
    moment = AS_OF + HOUR

    failing = with_failure(known, LIST, moment, "down")
    assert (failing.sources[LIST].failing_since, failing.profiles) == (moment, known.profiles)
    assert with_failure(known, ARENA, moment, "down") == known


def test_a_failure_before_the_last_good_answer_says_nothing_any_more() -> None:
    known = contents(profile(HERMES))

    assert with_failure(known, LIST, AS_OF - HOUR, "down") == known
