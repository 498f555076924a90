import gzip

import pytest

from handler.domain.errors import InvalidSnapshot
from handler.domain.snapshot.decode import decode_whole
from handler.domain.snapshot.encode import encode
from handler.domain.snapshot.migrations import MIGRATIONS
from handler.domain.snapshot.names import FORMAT
from tests.support.old_snapshots import old_data, old_snapshot

OLDEST = 2
OLD_FORMATS = range(OLDEST, FORMAT)


def test_every_older_format_has_a_migration() -> None:
    assert sorted(MIGRATIONS) == list(OLD_FORMATS)


@pytest.mark.parametrize("number", OLD_FORMATS)
def test_every_older_format_is_read_in_full(number: int) -> None:
    catalog = decode_whole(old_snapshot(number))

    assert catalog.load_all() == old_data()


@pytest.mark.parametrize("number", OLD_FORMATS)
def test_stored_example_has_the_format_of_its_name(number: int) -> None:
    header = gzip.decompress(old_snapshot(number)).partition(b"\n")[0]

    assert header.startswith(b'{"format":%d,' % number)


@pytest.mark.parametrize("number", OLD_FORMATS)
def test_migrated_snapshot_is_written_in_the_current_format(number: int) -> None:
    rewritten = encode(decode_whole(old_snapshot(number)).load_all(), "run")

    assert gzip.decompress(rewritten).startswith(b'{"format":%d,' % FORMAT)
    assert decode_whole(rewritten).load_all() == old_data()


def test_header_of_format_2_keeps_version_run_and_index() -> None:
    catalog = decode_whole(old_snapshot(2))

    assert (catalog.version, catalog.run) == ("a537ab447aa8b6b4", "run-of-format-2")
    assert [tuple(entry) for entry in catalog.index] == [
        ("acme/one", "Acme: One 70B", "acme/one-20260701", "Acme/One-70B", False),
        ("acme/one:free", "Acme: One (free)", "acme/one-20260701", "Acme/One-70B", False),
        ("acme/two", "Acme: Two", "acme/two", None, False),
        ("acme/picture", "Acme: Picture", "acme/picture", None, False),
        ("~acme/latest", "Acme: Latest", "~acme/latest", None, False),
        ("brook/gone", "Brook: Gone", "brook/gone", None, True),
    ]


def test_format_without_a_migration_is_named_in_the_error() -> None:
    too_old = b'{"format":%d}\n\n' % (OLDEST - 1)

    with pytest.raises(InvalidSnapshot, match=f"has format 1, this code reads 2 to {FORMAT}"):
        decode_whole(gzip.compress(too_old))


def test_damage_in_an_old_snapshot_names_the_model() -> None:
    lines = gzip.decompress(old_snapshot(2)).split(b"\n")
    broken = gzip.compress(b"\n".join([lines[0], b'{"offers":5}', *lines[2:]]))

    with pytest.raises(InvalidSnapshot, match="what is stored of acme/one cannot be read"):
        decode_whole(broken)
