import json
from dataclasses import replace
from datetime import date

import pytest

from handler.domain.arena.rank import ArenaRank, from_json, to_json

STANDING = ArenaRank(
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


def test_a_standing_is_stored_as_plain_json() -> None:
    assert to_json(STANDING) == {
        "rank": 5,
        "of": 393,
        "rating": 1503.25,
        "lower": 1499.5,
        "upper": 1507.0,
        "votes": 76389,
        "published": "2026-08-19",
        "name": "one",
        "how": "same name as its id",
        "through": "acme/one",
    }


@pytest.mark.parametrize(
    "standing",
    [STANDING, replace(STANDING, published=None), replace(STANDING, inherited_from=None)],
    ids=["whole", "no day", "its own"],
)
def test_a_stored_standing_is_read_as_it_was(standing: ArenaRank) -> None:
    assert from_json(json.loads(json.dumps(to_json(standing)))) == standing


@pytest.mark.parametrize(
    "damaged",
    [{}, {"published": None}, {**to_json(STANDING), "published": "soon"}],
    ids=["empty", "fields missing", "no date"],
)
def test_what_is_no_stored_standing_raises(damaged: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        from_json(damaged)
