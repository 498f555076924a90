import gzip

import pytest

from handler.domain.compression import gzip_deterministic

# RFC 1952: no name and no time; the system is Unix, whichever Python wrote it.
HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00"
UNIX = 3


@pytest.mark.parametrize("level", [1, 6, 9])
@pytest.mark.parametrize("data", [b"", b"x", b"words " * 1_000])
def test_compressed_bytes_round_trip_without_a_timestamp(data: bytes, level: int) -> None:
    body = gzip_deterministic(data, level)

    assert gzip.decompress(body) == data
    assert (body[:8], body[9]) == (HEADER, UNIX)
