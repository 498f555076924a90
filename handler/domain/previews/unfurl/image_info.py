"""The format and dimensions of an image, read from its first bytes."""

from collections.abc import Callable
from struct import error, unpack_from
from typing import NamedTuple

# Markers of JPEG segments with dimensions: the start-of-frame range without DHT, JPG and DAC.
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})


class ImageInfo(NamedTuple):
    """The format of an image, and its dimensions in pixels, 0 by 0 where they are unknown."""

    format: str
    width: int = 0
    height: int = 0


def sniff_image(data: bytes) -> ImageInfo | None:
    """Return the format and dimensions of an image, None for data of no known format."""
    for name, signature, offset, read_size in _FORMATS:
        if data.startswith(signature, offset):
            try:
                return ImageInfo(name, *read_size(data))
            except error:
                return ImageInfo(name)
    return ImageInfo("svg") if b"<svg" in data[:1_024].lower() else None


def _webp_size(data: bytes) -> tuple[int, int]:
    """Read one of the three kinds of first chunk: lossy, lossless and extended (RFC 9649)."""
    kind = data[12:16]
    if kind == b"VP8X":
        width, height = (int.from_bytes(n, "little") for n in unpack_from("3s3s", data, 24))
        return 1 + width, 1 + height
    if kind == b"VP8L":
        (bits,) = unpack_from("<I", data, 21)
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width, height = unpack_from("<HH", data, 26)
    return width & 0x3FFF, height & 0x3FFF


def _jpeg_size(data: bytes) -> tuple[int, int]:
    offset = 2
    while True:
        start, marker = unpack_from("BB", data, offset)
        if start != 0xFF:
            return 0, 0
        if marker in _JPEG_FRAMES:
            height, width = unpack_from(">HH", data, offset + 5)
            return width, height
        offset += _jpeg_segment_bytes(data, offset, marker)


def _jpeg_segment_bytes(data: bytes, offset: int, marker: int) -> int:
    if marker == 0xFF:  # a fill byte
        return 1
    if marker in _JPEG_WITHOUT_LENGTH:
        return 2
    length: int = max(2, *unpack_from(">H", data, offset + 2))
    return 2 + length


_FORMATS: tuple[tuple[str, bytes, int, Callable[[bytes], tuple[int, ...]]], ...] = (
    ("png", b"\x89PNG\r\n\x1a\n", 0, lambda data: unpack_from(">II", data, 16)),
    ("gif", b"GIF8", 0, lambda data: unpack_from("<HH", data, 6)),
    ("jpeg", b"\xff\xd8", 0, _jpeg_size),
    ("webp", b"WEBP", 8, _webp_size),
    ("avif", b"ftypavif", 4, lambda _: (0, 0)),
)
