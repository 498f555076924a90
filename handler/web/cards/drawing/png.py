"""Encoder for indexed PNGs with 16 colors, which need no imaging library (PNG, third edition)."""

import struct
import zlib
from collections.abc import Sequence

from handler.web.cards.palette import Color

# Measured over the sample: level 6 takes 1.6 times as long and saves 4 %, level 9 takes 14 times as
# long and saves 16 %.
_LEVEL = 5
_BIT_DEPTH = 4
_INDEXED_COLOR = 3


def encode(scanlines: bytes, width: int, height: int, palette: Sequence[Color]) -> bytes:
    """Return the PNG for rows of two pixels a byte, each row after its filter type."""
    header = struct.pack(">IIBBBBB", width, height, _BIT_DEPTH, _INDEXED_COLOR, 0, 0, 0)
    colors = bytes(channel for color in palette for channel in color)
    pixels = zlib.compress(scanlines, _LEVEL)
    chunks = {b"IHDR": header, b"PLTE": colors, b"IDAT": pixels, b"IEND": b""}
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in chunks.items())


def _chunk(kind: bytes, body: bytes) -> bytes:
    checksum = zlib.crc32(kind + body)
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", checksum)
