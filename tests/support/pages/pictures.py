"""The smallest pictures of each format that have a size: headers, and nothing to see."""

import zlib
from struct import pack


def png(width: int, height: int, extra_bytes: int = 0) -> bytes:
    """Return a PNG of that size, longer by so many bytes than it need be."""
    header = pack(">II5B", width, height, 8, 2, 0, 0, 0)
    body = _chunk(b"IHDR", header) + _chunk(b"tEXt", b"\0" * extra_bytes) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def jpeg(width: int, height: int) -> bytes:
    """Return the beginning of a JPEG, with the segments that cameras put before its size."""
    exif = b"\xff\xe1" + pack(">H", 10) + b"Exif\0\0\0\0"
    tables = b"\xff\xc4" + pack(">H", 4) + b"\0\0"
    return b"\xff\xd8\xff" + exif + tables + b"\xff\xc2" + pack(">HBHH", 17, 8, height, width)


def gif(width: int, height: int) -> bytes:
    """Return the beginning of a GIF."""
    return b"GIF89a" + pack("<HH", width, height) + b"\0\0\0"


def webp(kind: str, width: int, height: int) -> bytes:
    """Return the beginning of a WebP whose first chunk is VP8 (lossy), VP8L or VP8X."""
    if kind == "VP8":
        # The two bits above each size are a scale.
        data = b"\0\0\0\x9d\x01\x2a" + pack("<HH", width | 0x8000, height | 0x4000)
    elif kind == "VP8L":
        data = b"\x2f" + pack("<I", (width - 1) | (height - 1) << 14)
    else:
        data = b"\0\0\0\0" + pack("<I", width - 1)[:3] + pack("<I", height - 1)[:3]
    body = b"WEBP" + kind.ljust(4).encode() + pack("<I", len(data)) + data
    return b"RIFF" + pack("<I", len(body)) + body


def _chunk(name: bytes, data: bytes) -> bytes:
    return pack(">I", len(data)) + name + data + pack(">I", zlib.crc32(name + data))
