import json
from datetime import date

import pytest

from handler.domain.arena.rank import ArenaRank, OtherEffort, from_json, to_json

RANK = ArenaRank(
    rank=5,
    total=393,
    rating=1503.25,
    lower=1499.5,
    upper=1507.0,
    votes=76389,
    published=date(2026, 8, 19),
    name="one",
    match_reason="same name as its id",
    inherited_from="acme/one",
)


def test_rank_is_stored_as_plain_json() -> None:
    assert to_json(RANK) == {
        "rank": 5,
        "total": 393,
        "rating": 1503.25,
        "lower": 1499.5,
        "upper": 1507.0,
        "votes": 76389,
        "published": "2026-08-19",
        "name": "one",
        "match_reason": "same name as its id",
        "inherited_from": "acme/one",
    }


OTHERS = (OtherEffort(2, "one-max", "at max effort"), OtherEffort(9, "one-low", "at low effort"))


def test_other_efforts_are_stored_where_there_are_any() -> None:
    assert to_json(RANK._replace(other_efforts=OTHERS)) == {
        **to_json(RANK),
        "other_efforts": [[2, "one-max", "at max effort"], [9, "one-low", "at low effort"]],
    }


@pytest.mark.parametrize(
    "rank",
    [
        RANK,
        RANK._replace(published=None),
        RANK._replace(inherited_from=None),
        RANK._replace(other_efforts=OTHERS),
    ],
    ids=["whole", "no day", "its own", "other efforts"],
)
def test_stored_rank_round_trips(rank: ArenaRank) -> None:
    assert from_json(json.loads(json.dumps(to_json(rank)))) == rank


@pytest.mark.parametrize(
    "damaged",
    [{}, {"published": None}, {**to_json(RANK), "published": "soon"}],
    ids=["empty", "fields missing", "no date"],
)
def test_invalid_stored_rank_raises(damaged: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        from_json(damaged)
