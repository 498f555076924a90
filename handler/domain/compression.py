"""Gzip with the same bytes on every Python version: the gzip module's header has changed."""

import zlib

GZIP_LEVEL = 6
GZIP_WINDOW = 31  # zlib's wbits: 15 bits, with a gzip header


def gzip_deterministic(data: bytes, level: int = GZIP_LEVEL) -> bytes:
    """Return the data as gzip without a timestamp; `level` is zlib's, from 1 to 9."""
    return zlib.compress(data, level, GZIP_WINDOW)


def gunzip(data: bytes, max_bytes: int) -> bytes:
    """Return the content of one gzip stream, verified by its checksum.

    Raises ValueError where the data is no complete stream, has more behind it, or inflates to more
    than `max_bytes`, and zlib.error where it is damaged.
    """
    inflater = zlib.decompressobj(GZIP_WINDOW)
    content = inflater.decompress(data, max_bytes)
    if not inflater.eof or inflater.unused_data:
        raise ValueError(f"{len(data)} bytes are not one whole gzip stream")
    return content
