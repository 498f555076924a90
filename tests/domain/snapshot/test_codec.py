import gzip
import json
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest

from handler.domain.arena.leaderboard import Leaderboard, LeaderboardRow
from handler.domain.catalog.coverage import Coverage
from handler.domain.catalog.profile import EndpointData
from handler.domain.catalog.usage import Usage
from handler.domain.errors import InvalidSnapshot, UnsupportedSnapshotFormat
from handler.domain.snapshot import codec
from tests.support.builders import (
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

ORIGIN_OF_TWO = ORIGIN._replace(records=2)

STORED = catalog_bytes([HERMES, record("acme/one", description="Ünïcode \u2028 and\nlines")])


EVERYTHING_KNOWN = profile(
    {**HERMES, "description": "Words..."},
    "Words of old.",
    markdown="Words of old.",
    endpoint_data=EndpointData(AS_OF, ({"provider_name": "Acme", "pricing": {}},)),
    arena_rank=STANDING,
    usage=Usage(tokens=5, rank=1, days=((date(2026, 8, 21), 0.25), (date(2026, 8, 22), 0.5))),
    former_alias="~nousresearch/latest",
)
BOARD = Leaderboard(
    date(2026, 8, 19), (LeaderboardRow(1, "hermes", "nous", 1500.5, 1490.0, 1510.0, 7),)
)


def test_a_catalog_comes_back_as_it_was_stored() -> None:
    known = contents(EVERYTHING_KNOWN, withdrawn(record("acme/one")), leaderboard=BOARD)

    catalog = codec.decode(codec.encode(known, "this run"))

    assert catalog.load_all() == known
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

    assert codec.decode(codec.encode(known, "run")).coverage == Coverage(outputs)


def test_who_wrote_it_changes_no_line_of_a_model() -> None:
    one, other = (
        gzip.decompress(codec.encode(contents(EVERYTHING_KNOWN, as_of=as_of), run))
        for run, as_of in (("a", AS_OF), ("b", AS_OF.replace(year=2027)))
    )

    assert one.split(b"\n")[1:] == other.split(b"\n")[1:]
    assert one != other


def test_a_line_that_cannot_be_read_is_named() -> None:
    lines = gzip.decompress(STORED).split(b"\n")
    broken = codec.decode(gzip.compress(b"\n".join([lines[0], b"{}", *lines[2:]])))

    with pytest.raises(InvalidSnapshot, match=f"what is stored of {HERMES['id']} cannot be read"):
        broken.profile(HERMES["id"])


def test_a_snapshot_of_newer_code_is_told_from_a_damaged_one() -> None:
    with pytest.raises(UnsupportedSnapshotFormat, match="format 99, written by newer code"):
        codec.decode(gzip.compress(b'{"format": 99}\n\n'))


def test_the_same_models_make_the_same_version_whenever_they_were_read() -> None:
    later = AS_OF.replace(year=2027)

    assert (
        codec.decode(catalog_bytes([HERMES])).version
        == codec.decode(catalog_bytes([HERMES], later)).version
        != codec.decode(catalog_bytes([record()])).version
    )


def test_the_same_catalog_makes_the_same_bytes() -> None:
    assert catalog_bytes([HERMES]) == catalog_bytes([HERMES])


@pytest.mark.promise("P8", "snapshots cut at every byte")
def test_a_snapshot_that_was_cut_anywhere_is_refused(
    record_property: Callable[[str, object], None],
) -> None:
    record_property("tried", len(STORED))
    for kept in range(len(STORED)):
        with pytest.raises(InvalidSnapshot):
            codec.decode(STORED[:kept])


@pytest.mark.promise("P8", "snapshots with a flipped bit")
def test_a_snapshot_with_any_bit_flipped_is_refused_or_the_same(
    record_property: Callable[[str, object], None],
) -> None:
    bits = range(8 * len(STORED))
    record_property("tried", len(bits))
    whole = codec.decode(STORED).load_all()
    unnoticed = []
    for bit in bits:
        damaged = bytearray(STORED)
        damaged[bit // 8] ^= 1 << bit % 8
        with suppress(InvalidSnapshot):
            unnoticed.append(codec.decode(bytes(damaged)).load_all() == whole)

    # The time in gzip's own header is no content; and two places in what was said may be alike.
    assert set(unnoticed) == {True}
    assert len(unnoticed) < len(bits) / 20


DEEP = b"[" * 200_000
HEADER, *LINES = gzip.decompress(STORED).split(b"\n")


@pytest.mark.parametrize(
    "lines",
    [
        [DEEP, *LINES],
        [HEADER.replace(b'"sources":{', b'"sources":"","x":{'), *LINES],
        [HEADER, DEEP, *LINES[1:]],
        [HEADER, *LINES[:-1], DEEP],
        [HEADER, *LINES[:-1], b'{"published":5,"ratings":[]}'],
        [
            HEADER,
            LINES[0].replace(
                b'"raw":{',
                b'"usage":{"tokens":1,"rank":1,"from":"9999-12-31","shares":[1,1]},"raw":{',
            ),
            *LINES[1:],
        ],
        [HEADER, LINES[0].replace(b'"history":', b'"offers":[],"history":'), *LINES[1:]],
    ],
    ids=[
        "deep",
        "sources as a list",
        "a deep model",
        "a deep leaderboard",
        "no day",
        "past time",
        "endpoints as a list",
    ],
)
def test_lines_of_an_odd_shape_are_refused_by_name(lines: list[bytes]) -> None:
    with pytest.raises(InvalidSnapshot, match=r"snapshot|stored"):
        codec.decode(gzip.compress(b"\n".join(lines))).load_all()


def test_a_snapshot_that_inflates_without_end_is_refused() -> None:
    bomb = zlib.compress(b"\0" * 410_000_000, wbits=31)

    with pytest.raises(InvalidSnapshot, match="not one whole gzip stream"):
        codec.decode(bomb)


@pytest.mark.parametrize(
    "lines",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b'{"format": 2}',
        b'{"format": 1}',
        b"not json",
        b'{"format": true}',
        json.dumps(
            {
                "format": 2,
                "version": "x",
                "run": "x",
                "covers": None,
                "as_of": "2026-08-22T00:00:00+00:00",
                "index": [],
                "sources": {"list": {"label": "x"}},
            }
        ).encode(),
    ],
    ids=lambda lines: lines.decode()[:20],
)
def test_what_is_no_snapshot_of_this_format_is_refused(lines: bytes) -> None:
    with pytest.raises(InvalidSnapshot, match="snapshot"):
        codec.decode(gzip.compress(lines + b"\nnull"))


def test_a_snapshot_that_lost_a_line_is_refused() -> None:
    shorter = gzip.decompress(STORED).rsplit(b"\n", 1)[0]

    with pytest.raises(InvalidSnapshot, match="names 2 models, and 1 are there"):
        codec.decode(gzip.compress(shorter))
