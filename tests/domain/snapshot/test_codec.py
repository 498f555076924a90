import gzip
import json
import zlib
from collections.abc import Callable
from contextlib import suppress
from datetime import date

import pytest

from handler.domain.arena.leaderboard import Leaderboard, LeaderboardRow
from handler.domain.catalog.coverage import Coverage
from handler.domain.catalog.profile import EndpointData, PastText
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

SOURCE_OF_TWO = ORIGIN._replace(records=2)

STORED = catalog_bytes([HERMES, record("acme/one", description="Ünïcode \u2028 and\nlines")])


COMPLETE_PROFILE = profile(
    {**HERMES, "description": "Words..."},
    "Words of old.",
    past_texts=(PastText("Words of old.", AS_OF),),
    endpoint_data=EndpointData(AS_OF, ({"provider_name": "Acme", "pricing": {}},)),
    arena_rank=STANDING,
    usage=Usage(tokens=5, rank=1, days=((date(2026, 8, 21), 0.25), (date(2026, 8, 22), 0.5))),
    former_alias="~nousresearch/latest",
)
LEADERBOARD = Leaderboard(
    date(2026, 8, 19), (LeaderboardRow(1, "hermes", "nous", 1500.5, 1490.0, 1510.0, 7),)
)


def test_catalog_round_trips() -> None:
    known = contents(COMPLETE_PROFILE, withdrawn(record("acme/one")), leaderboard=LEADERBOARD)

    catalog = codec.decode(codec.encode(known, "this run"))

    assert catalog.load_all() == known
    assert catalog.profile("acme/one") == known.profiles[1]
    assert [model.id for model in catalog.listed()] == [HERMES["id"]]
    assert (catalog.run, catalog.as_of, catalog.list_source) == ("this run", AS_OF, SOURCE_OF_TWO)
    assert [tuple(entry) for entry in catalog.entries] == [
        (HERMES["id"], HERMES["name"], HERMES["id"], HERMES["hugging_face_id"], False),
        ("acme/one", "acme/one", None, None, True),
    ]


@pytest.mark.parametrize("outputs", [None, frozenset({"text", "image"}), frozenset[str]()])
def test_coverage_is_stored(outputs: frozenset[str] | None) -> None:
    known = contents(profile(HERMES))._replace(coverage=Coverage(outputs))

    assert codec.decode(codec.encode(known, "run")).coverage == Coverage(outputs)


def test_run_and_time_change_no_line_of_a_model() -> None:
    one, other = (
        gzip.decompress(codec.encode(contents(COMPLETE_PROFILE, as_of=as_of), run))
        for run, as_of in (("a", AS_OF), ("b", AS_OF.replace(year=2027)))
    )

    assert one.split(b"\n")[1:-1] == other.split(b"\n")[1:-1]
    assert one != other


def test_unreadable_line_is_named() -> None:
    lines = gzip.decompress(STORED).split(b"\n")
    broken = codec.decode(gzip.compress(b"\n".join([lines[0], b"{}", *lines[2:]])))

    with pytest.raises(InvalidSnapshot, match=f"what is stored of {HERMES['id']} cannot be read"):
        broken.profile(HERMES["id"])


def test_newer_format_raises_its_own_error() -> None:
    with pytest.raises(UnsupportedSnapshotFormat, match="format 99, written by newer code"):
        codec.decode(gzip.compress(b'{"format": 99}\n\n'))


def test_version_depends_on_models_alone() -> None:
    later = AS_OF.replace(year=2027)

    assert (
        codec.decode(catalog_bytes([HERMES])).version
        == codec.decode(catalog_bytes([HERMES], later)).version
        != codec.decode(catalog_bytes([record()])).version
    )


def test_encoding_is_deterministic() -> None:
    assert catalog_bytes([HERMES]) == catalog_bytes([HERMES])


@pytest.mark.promise("P8", "snapshots cut at every byte")
def test_truncated_snapshot_is_refused(record_property: Callable[[str, object], None]) -> None:
    record_property("tried", len(STORED))
    for length in range(len(STORED)):
        with pytest.raises(InvalidSnapshot):
            codec.decode(STORED[:length])


@pytest.mark.promise("P8", "snapshots with a flipped bit")
def test_flipped_bit_is_refused_or_harmless(record_property: Callable[[str, object], None]) -> None:
    bits = range(8 * len(STORED))
    record_property("tried", len(bits))
    whole = codec.decode(STORED).load_all()
    unnoticed = []
    for bit in bits:
        damaged = bytearray(STORED)
        damaged[bit // 8] ^= 1 << bit % 8
        with suppress(InvalidSnapshot):
            unnoticed.append(codec.decode(bytes(damaged)).load_all() == whole)

    # The timestamp in gzip's header is no content, and two parts of the content may be equal.
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
        [HEADER, *LINES[:-1], b'{"published":5,"rows":[]}'],
        [
            HEADER,
            LINES[0].replace(
                b'"raw":{',
                b'"usage":{"tokens":1,"rank":1,"from":"9999-12-31","shares":[1,1]},"raw":{',
            ),
            *LINES[1:],
        ],
        [HEADER, LINES[0].replace(b'"history":', b'"endpoints":[],"history":'), *LINES[1:]],
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
def test_line_of_another_shape_is_refused(lines: list[bytes]) -> None:
    with pytest.raises(InvalidSnapshot, match=r"snapshot|stored"):
        codec.decode(gzip.compress(b"\n".join(lines))).load_all()


def test_gzip_bomb_is_refused() -> None:
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
                "format": codec.FORMAT,
                "version": "x",
                "run": "x",
                "coverage": None,
                "as_of": "2026-08-22T00:00:00+00:00",
                "index": [],
                "sources": {"list": {"label": "x"}},
            }
        ).encode(),
    ],
    ids=lambda lines: lines.decode()[:20],
)
def test_invalid_header_is_refused(lines: bytes) -> None:
    with pytest.raises(InvalidSnapshot, match="snapshot"):
        codec.decode(gzip.compress(lines + b"\nnull"))


def test_missing_line_is_refused() -> None:
    shorter = gzip.decompress(STORED).rsplit(b"\n", 1)[0]

    with pytest.raises(InvalidSnapshot, match="names 2 models, and 1 are there"):
        codec.decode(gzip.compress(shorter))
