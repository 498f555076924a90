"""Gzip of the same bytes on every Python: the header that the gzip module writes has changed."""

import zlib

_GZIP_WITH_LARGEST_WINDOW = 31


def gzip_deterministic(data: bytes, level: int) -> bytes:
    """Return the data in gzip's format, without a time; the level is zlib's, from 1 to 9."""
    return zlib.compress(data, level, _GZIP_WITH_LARGEST_WINDOW)
