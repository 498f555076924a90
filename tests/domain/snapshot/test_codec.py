import gzip
import json
import zlib
from collections.abc import Callable
from contextlib import suppress
from datetime import date

import pytest

from handler.domain.arena.leaderboard import Leaderboard, LeaderboardRow
from handler.domain.catalog.catalog import CatalogData
from handler.domain.catalog.changelog import Change, load_changelog
from handler.domain.catalog.coverage import Coverage
from handler.domain.catalog.model_index import SharedName
from handler.domain.catalog.profile import EndpointData, PastText
from handler.domain.catalog.usage import Usage
from handler.domain.errors import InvalidSnapshot, UnsupportedSnapshotFormat
from handler.domain.search.listing import ModelListing
from handler.domain.search.stored_listing import load_listing
from handler.domain.snapshot.decode import decode, decode_whole
from handler.domain.snapshot.encode import BLOCK_SIZE, encode
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
from tests.support.old_snapshots import old_snapshot
from tests.support.snapshots import (
    CHANGES,
    FIRST_BLOCK,
    LISTING,
    REFRESH_DATA,
    damage_member,
    join_members,
    replace_member,
    split_members,
)

AUTHORITY = "models.example.org,2026-11-27"
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
    known = contents(
        COMPLETE_PROFILE,
        withdrawn(record("acme/one")),
        leaderboard=LEADERBOARD,
        feed_authority=AUTHORITY,
    )

    catalog = decode_whole(encode(known, "this run"))

    assert catalog.load_all() == known
    assert catalog.profile("acme/one") == known.profiles[1]
    assert [model.id for model in catalog.listed()] == [HERMES["id"]]
    assert (catalog.listed_count, catalog.withdrawn_count) == (1, 1)
    assert (catalog.run, catalog.as_of, catalog.list_source) == ("this run", AS_OF, SOURCE_OF_TWO)
    assert [tuple(entry) for entry in catalog.index] == [
        (HERMES["id"], HERMES["name"], HERMES["id"], HERMES["hugging_face_id"], False),
        ("acme/one", "acme/one", None, None, True),
    ]


def test_authority_of_feeds_is_absent_in_older_snapshots() -> None:
    header, *members = split_members(encode(contents(feed_authority=AUTHORITY), "run"))
    older = {name: value for name, value in json.loads(header).items() if name != "feed_authority"}

    catalog = decode_whole(join_members([json.dumps(older).encode(), *members]))

    assert (catalog.feed_authority, catalog.load_all()) == ("", contents())


@pytest.mark.parametrize("outputs", [None, frozenset({"text", "image"}), frozenset[str]()])
def test_coverage_is_stored(outputs: frozenset[str] | None) -> None:
    known = contents(profile(HERMES))._replace(coverage=Coverage(outputs))

    assert decode_whole(encode(known, "run")).coverage == Coverage(outputs)


def test_run_and_time_change_no_block_of_models() -> None:
    one, other = (
        split_members(encode(contents(COMPLETE_PROFILE, as_of=as_of), run))
        for run, as_of in (("a", AS_OF), ("b", AS_OF.replace(year=2027)))
    )

    assert one[FIRST_BLOCK:] == other[FIRST_BLOCK:]
    assert one != other


def test_snapshot_is_one_text_of_json_lines() -> None:
    lines = gzip.decompress(STORED).splitlines()

    assert all(json.loads(line) for line in lines)


@pytest.mark.parametrize("models", [0, 1, BLOCK_SIZE, BLOCK_SIZE + 1, 2 * BLOCK_SIZE + 7])
def test_models_are_found_in_their_blocks(models: int) -> None:
    ids = [f"acme/m{number}" for number in range(models)]
    snapshot = catalog_bytes(map(record, ids))
    catalog = decode_whole(snapshot)

    assert len(split_members(snapshot)) == FIRST_BLOCK + -(-models // BLOCK_SIZE)
    assert [catalog.profile(model_id).model.id for model_id in ids] == ids
    assert [entry.id for entry in catalog.index] == ids


def test_only_requested_members_are_read() -> None:
    snapshot = catalog_bytes(record(f"acme/m{number}") for number in range(3 * BLOCK_SIZE))
    read: list[range] = []

    def read_range(begin: int, end: int) -> bytes:
        read.append(range(begin, end))
        return snapshot[begin:end]

    start = 3_000
    assert start < len(snapshot)
    catalog = decode(snapshot[:start], len(snapshot), read_range)
    read.clear()
    catalog.profile("acme/m150")
    catalog.profile("acme/m151")

    assert len(read) == 1
    assert len(read[0]) < len(snapshot) / 3


def test_unreadable_line_is_named() -> None:
    (block,) = split_members(STORED)[FIRST_BLOCK:]
    _, second = block.splitlines()
    broken = decode_whole(replace_member(STORED, FIRST_BLOCK, b"{}\n" + second + b"\n"))

    with pytest.raises(InvalidSnapshot, match=f"what is stored of {HERMES['id']} cannot be read"):
        broken.profile(HERMES["id"])
    assert broken.profile("acme/one").model.id == "acme/one"


def test_damaged_block_costs_only_its_models() -> None:
    ids = [f"acme/m{number}" for number in range(3 * BLOCK_SIZE)]
    snapshot = damage_member(catalog_bytes(map(record, ids)), FIRST_BLOCK + 1)
    catalog = decode_whole(snapshot)

    data, errors = catalog.load_readable()
    assert len(errors) == BLOCK_SIZE
    assert "what is stored of acme/m100 cannot be read" in str(errors[0])
    assert [profile.model.id for profile in data.profiles] == ids[:100] + ids[200:]
    assert len(load_listing(catalog).rows) == len(ids)


def test_damaged_refresh_data_costs_only_itself() -> None:
    data, errors = decode_whole(damage_member(STORED, REFRESH_DATA)).load_readable()

    assert [profile.model.id for profile in data.profiles] == [HERMES["id"], "acme/one"]
    assert (data.leaderboard, [reading.moment for reading in data.readings]) == (None, [AS_OF])
    assert ["data of refreshes cannot be read" in str(error) for error in errors] == [True]


def test_newer_format_raises_its_own_error() -> None:
    with pytest.raises(UnsupportedSnapshotFormat, match="format 99, written by newer code"):
        decode_whole(gzip.compress(b'{"format": 99}\n\n'))


def test_version_depends_on_models_alone() -> None:
    later = AS_OF.replace(year=2027)

    assert (
        decode_whole(catalog_bytes([HERMES])).version
        == decode_whole(catalog_bytes([HERMES], later)).version
        != decode_whole(catalog_bytes([record()])).version
    )


def test_encoding_is_deterministic() -> None:
    assert catalog_bytes([HERMES]) == catalog_bytes([HERMES])


@pytest.mark.promise("P8", "snapshots cut at every byte")
def test_truncated_snapshot_is_refused(record_property: Callable[[str, object], None]) -> None:
    record_property("tried", len(STORED))
    for length in range(len(STORED)):
        with pytest.raises(InvalidSnapshot):
            decode_whole(STORED[:length])


def read_all(snapshot: bytes) -> tuple[CatalogData, ModelListing, list[Change], SharedName]:
    catalog = decode_whole(snapshot)
    changes = list(load_changelog(catalog).changes())
    names = catalog.index.named("acme/one")
    return catalog.load_all(), load_listing(catalog), changes, names


@pytest.mark.promise("P8", "snapshots with a flipped bit")
def test_flipped_bit_is_refused_or_harmless(record_property: Callable[[str, object], None]) -> None:
    bits = range(8 * len(STORED))
    record_property("tried", len(bits))
    whole = read_all(STORED)
    unnoticed = []
    for bit in bits:
        damaged = bytearray(STORED)
        damaged[bit // 8] ^= 1 << bit % 8
        with suppress(InvalidSnapshot):
            unnoticed.append(read_all(bytes(damaged)) == whole)

    # The timestamp in a gzip header is no content, and two parts of the content may be equal.
    assert set(unnoticed) == {True}
    assert len(unnoticed) < len(bits) / 20


DEEP = b"[" * 200_000
BLOCK = split_members(STORED)[FIRST_BLOCK]


@pytest.mark.parametrize(
    ("number", "content"),
    [
        (FIRST_BLOCK, DEEP),
        (
            FIRST_BLOCK,
            BLOCK.replace(
                b'"raw":{',
                b'"usage":{"tokens":1,"rank":1,"from":"9999-12-31","shares":[1,1]},"raw":{',
            ),
        ),
        (FIRST_BLOCK, BLOCK.replace(b'"history":', b'"endpoints":[],"history":')),
        (REFRESH_DATA, DEEP),
        (REFRESH_DATA, b'{"published":5,"rows":[]}'),
        (LISTING, DEEP),
        (LISTING, b'{"facets":{}}\n'),
        (CHANGES, b"5\n"),
        (CHANGES, DEEP),
    ],
    ids=[
        "a deep model",
        "past time",
        "endpoints as a list",
        "deep data of refreshes",
        "no leaderboard",
        "a deep listing",
        "a listing without columns",
        "changes since a number",
        "deep changes",
    ],
)
def test_member_of_another_shape_is_refused(number: int, content: bytes) -> None:
    with pytest.raises(InvalidSnapshot, match="cannot be read"):
        read_all(replace_member(STORED, number, content))


@pytest.mark.parametrize(
    "header",
    [
        *({"sources": ""}, {"listed": 5}, {"listed": 1}, {"listed": 0, "block_size": 100}),
        *({"block_size": 1}, {"member_sizes": []}, {"as_of": None}),
    ],
    ids=str,
)
def test_header_of_another_shape_is_refused(header: dict[str, object]) -> None:
    with pytest.raises(InvalidSnapshot, match="the snapshot"):
        decode_whole(join_members(split_members(STORED), **header))


def test_block_that_the_index_does_not_name_is_refused() -> None:
    members = split_members(STORED)

    with pytest.raises(InvalidSnapshot, match="it has 2 models, its index 2, in 2 blocks"):
        decode_whole(join_members([*members, members[-1]]))


FIRST_LINE, SECOND_LINE = BLOCK.splitlines(keepends=True)


@pytest.mark.parametrize(
    "block",
    [FIRST_LINE + BLOCK, BLOCK + FIRST_LINE, SECOND_LINE, BLOCK + b"5", SECOND_LINE + FIRST_LINE],
    ids=["a line before", "a line after", "a line less", "no end", "another order"],
)
def test_no_model_is_shown_as_another(block: bytes) -> None:
    catalog = decode_whole(replace_member(STORED, FIRST_BLOCK, block))

    for model_id in catalog.index.ids():
        with pytest.raises(InvalidSnapshot, match=f"what is stored of {model_id} "):
            catalog.profile(model_id)


def test_gzip_bomb_is_refused() -> None:
    bomb = zlib.compress(b"\0" * 410_000_000, level=1, wbits=31)

    with pytest.raises(InvalidSnapshot, match="not one whole gzip stream"):
        decode_whole(bomb)


@pytest.mark.parametrize(
    "text",
    [b"", b"{}", b"[]", b"null", b'{"format": 2}', b'{"format": 5}', b"no", b'{"format": true}'],
    ids=bytes.decode,
)
@pytest.mark.parametrize("end", [b"\n", b"\nnull"], ids=["a header alone", "and a line"])
def test_invalid_header_is_refused(text: bytes, end: bytes) -> None:
    with pytest.raises(InvalidSnapshot, match="snapshot"):
        decode_whole(gzip.compress(text + end))


def test_old_snapshot_has_the_lines_that_its_index_names() -> None:
    text = gzip.decompress(old_snapshot(4))
    shorter, last = text.rsplit(b"\n", 1)

    with pytest.raises(InvalidSnapshot, match="names 6 models, and 5 are there"):
        decode_whole(gzip.compress(shorter))
    with pytest.raises(InvalidSnapshot, match="names 6 models, and 7 are there"):
        decode_whole(gzip.compress(text + b"\n" + last))
