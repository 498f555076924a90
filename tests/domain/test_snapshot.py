import gzip
import json

import pytest

from handler.domain import snapshot
from handler.domain.errors import InvalidSnapshot
from tests.records import AS_OF, HERMES, ORIGIN, catalog_bytes, model, record

STORED = catalog_bytes([HERMES, record("acme/one", description="Ünïcode \u2028 and\nlines")])


def test_a_catalog_comes_back_as_it_was_stored() -> None:
    models = [model(HERMES, "Words."), model(record("acme/one"))]

    catalog = snapshot.decode(snapshot.encode(models, AS_OF, ORIGIN))

    assert list(catalog.models()) == models
    assert catalog.model("acme/one") == models[1]
    assert (catalog.as_of, catalog.origin) == (AS_OF, ORIGIN)
    assert [tuple(entry) for entry in catalog.entries] == [
        (m.id, m.name, m.canonical_slug, m.hugging_face_id) for m in models
    ]


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
        json.dumps({"format": 1, "version": "x", "as_of": "2026-08-22T00:00:00+00:00",
                    "origin": {"label": "x"}, "index": []}).encode(),
    ],
    ids=lambda lines: lines.decode()[:20],
)  # fmt: skip
def test_what_is_no_snapshot_of_this_format_is_refused(lines: bytes) -> None:
    with pytest.raises(InvalidSnapshot, match="snapshot"):
        snapshot.decode(gzip.compress(lines))


def test_a_snapshot_that_lost_a_line_is_refused() -> None:
    shorter = gzip.decompress(STORED).rsplit(b"\n", 1)[0]

    with pytest.raises(InvalidSnapshot, match="names 2 models, and 1 are there"):
        snapshot.decode(gzip.compress(shorter))
