"""The format and dimensions of an image, read from its first bytes."""

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
    for signature, offset, read in _READERS:
        if data[offset : offset + len(signature)] == signature:
            try:
                return read(data)
            except error:
                return ImageInfo(read.__name__[1:])
    return ImageInfo("svg") if b"<svg" in data[:1_024].lower() else None


def _png(data: bytes) -> ImageInfo:
    return ImageInfo("png", *unpack_from(">II", data, 16))


def _gif(data: bytes) -> ImageInfo:
    return ImageInfo("gif", *unpack_from("<HH", data, 6))


def _avif(_: bytes) -> ImageInfo:
    return ImageInfo("avif")


def _webp(data: bytes) -> ImageInfo:
    """Read one of the three kinds of first chunk: lossy, lossless and extended (RFC 9649)."""
    kind = data[12:16]
    if kind == b"VP8X":
        sides = unpack_from("<BBBBBB", data, 24)
        return ImageInfo("webp", 1 + _little_endian(sides[:3]), 1 + _little_endian(sides[3:]))
    if kind == b"VP8L":
        (bits,) = unpack_from("<I", data, 21)
        return ImageInfo("webp", 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF))
    width, height = unpack_from("<HH", data, 26)
    return ImageInfo("webp", width & 0x3FFF, height & 0x3FFF)


def _jpeg(data: bytes) -> ImageInfo:
    offset = 2
    while True:
        start, marker = unpack_from("BB", data, offset)
        if start != 0xFF:
            return ImageInfo("jpeg")
        if marker in _JPEG_FRAMES:
            height, width = unpack_from(">HH", data, offset + 5)
            return ImageInfo("jpeg", width, height)
        offset += _jpeg_segment_bytes(data, offset, marker)


def _jpeg_segment_bytes(data: bytes, offset: int, marker: int) -> int:
    if marker == 0xFF:  # a fill byte
        return 1
    if marker in _JPEG_WITHOUT_LENGTH:
        return 2
    length: int = max(2, *unpack_from(">H", data, offset + 2))
    return 2 + length


def _little_endian(three_bytes: tuple[int, ...]) -> int:
    return three_bytes[0] | three_bytes[1] << 8 | three_bytes[2] << 16


_READERS = (
    (b"\x89PNG\r\n\x1a\n", 0, _png),
    (b"GIF8", 0, _gif),
    (b"\xff\xd8", 0, _jpeg),
    (b"WEBP", 8, _webp),
    (b"ftypavif", 4, _avif),
)
