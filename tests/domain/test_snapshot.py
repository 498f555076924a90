import gzip
import json
from dataclasses import replace
from datetime import date

import pytest

from handler.domain import snapshot
from handler.domain.arena.leaderboard import Leaderboard, Rating
from handler.domain.coverage import Coverage
from handler.domain.errors import InvalidSnapshot, NewerSnapshot
from handler.domain.profile import Offers
from handler.domain.usage import Usage
from tests.records import (
    AS_OF,
    HERMES,
    ORIGIN,
    STANDING,
    catalog_bytes,
    contents,
    profile,
    record,
    withdrawn,
)

ORIGIN_OF_TWO = replace(ORIGIN, records=2)

STORED = catalog_bytes([HERMES, record("acme/one", description="Ünïcode \u2028 and\nlines")])


EVERYTHING_KNOWN = profile(
    {**HERMES, "description": "Words..."},
    "Words of old.",
    markdown="Words of old.",
    offers=Offers(AS_OF, ({"provider_name": "Acme", "pricing": {}},)),
    standing=STANDING,
    usage=Usage(tokens=5, rank=1, days=((date(2026, 8, 21), 0.25), (date(2026, 8, 22), 0.5))),
    once_alias="~nousresearch/latest",
)
BOARD = Leaderboard(date(2026, 8, 19), (Rating(1, "hermes", "nous", 1500.5, 1490.0, 1510.0, 7),))


def test_a_catalog_comes_back_as_it_was_stored() -> None:
    known = contents(EVERYTHING_KNOWN, withdrawn(record("acme/one")), leaderboard=BOARD)

    catalog = snapshot.decode(snapshot.encode(known, "this run"))

    assert catalog.contents() == known
    assert catalog.profile("acme/one") == known.profiles[1]
    assert [model.id for model in catalog.listed()] == [HERMES["id"]]
    assert (catalog.run, catalog.as_of, catalog.list_source) == ("this run", AS_OF, ORIGIN_OF_TWO)
    assert [tuple(entry) for entry in catalog.entries] == [
        (HERMES["id"], HERMES["name"], HERMES["id"], HERMES["hugging_face_id"], False),
        ("acme/one", "acme/one", None, None, True),
    ]


@pytest.mark.parametrize("outputs", [None, frozenset({"text", "image"}), frozenset[str]()])
def test_what_the_list_covered_is_stored(outputs: frozenset[str] | None) -> None:
    known = replace(contents(profile(HERMES)), coverage=Coverage(outputs))

    assert snapshot.decode(snapshot.encode(known, "run")).coverage == Coverage(outputs)


def test_who_wrote_it_changes_no_line_of_a_model() -> None:
    one, other = (
        gzip.decompress(snapshot.encode(contents(EVERYTHING_KNOWN, as_of=as_of), run))
        for run, as_of in (("a", AS_OF), ("b", AS_OF.replace(year=2027)))
    )

    assert one.split(b"\n")[1:] == other.split(b"\n")[1:]
    assert one != other


def test_a_line_that_cannot_be_read_is_named() -> None:
    lines = gzip.decompress(STORED).split(b"\n")
    broken = snapshot.decode(gzip.compress(b"\n".join([lines[0], b"{}", *lines[2:]])))

    with pytest.raises(InvalidSnapshot, match=f"what is stored of {HERMES['id']} cannot be read"):
        broken.profile(HERMES["id"])


def test_a_snapshot_of_newer_code_is_told_from_a_damaged_one() -> None:
    with pytest.raises(NewerSnapshot, match="format 99, written by newer code"):
        snapshot.decode(gzip.compress(b'{"format": 99}\n\n'))


def test_the_same_models_make_the_same_version_whenever_they_were_read() -> None:
    later = AS_OF.replace(year=2027)

    assert (
        snapshot.decode(catalog_bytes([HERMES])).version
        == snapshot.decode(catalog_bytes([HERMES], later)).version
        != snapshot.decode(catalog_bytes([record()])).version
    )


def test_the_same_catalog_makes_the_same_bytes() -> None:
    assert catalog_bytes([HERMES]) == catalog_bytes([HERMES])


@pytest.mark.parametrize("kept", range(0, len(STORED), 7))
def test_a_cut_snapshot_is_refused(kept: int) -> None:
    with pytest.raises(InvalidSnapshot):
        snapshot.decode(STORED[:kept])


@pytest.mark.parametrize("place", range(10, len(STORED), 5))
def test_a_flipped_byte_is_noticed(place: int) -> None:
    damaged = bytearray(STORED)
    damaged[place] ^= 0x55

    with pytest.raises(InvalidSnapshot):
        snapshot.decode(bytes(damaged))


@pytest.mark.parametrize(
    "lines",
    [
        b"", b"{}", b"[]", b"null", b'{"format": 2}', b'{"format": 1}', b"not json",
        b'{"format": true}', json.dumps({"format": 2, "version": "x", "run": "x", "covers": None,
                    "as_of": "2026-08-22T00:00:00+00:00", "index": [],
                    "sources": {"list": {"label": "x"}}}).encode(),
    ],
    ids=lambda lines: lines.decode()[:20],
)  # fmt: skip
def test_what_is_no_snapshot_of_this_format_is_refused(lines: bytes) -> None:
    with pytest.raises(InvalidSnapshot, match="snapshot"):
        snapshot.decode(gzip.compress(lines + b"\nnull"))


def test_a_snapshot_that_lost_a_line_is_refused() -> None:
    shorter = gzip.decompress(STORED).rsplit(b"\n", 1)[0]

    with pytest.raises(InvalidSnapshot, match="names 2 models, and 1 are there"):
        snapshot.decode(gzip.compress(shorter))
