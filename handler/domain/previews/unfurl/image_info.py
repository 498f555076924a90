"""The format and size of a picture, read from its first bytes alone."""

from dataclasses import dataclass
from struct import error, unpack_from

# Frames of a JPEG that carry its size: all start-of-frame markers, which DHT, JPG and DAC are not.
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})


@dataclass(frozen=True, slots=True)
class ImageInfo:
    """What a picture is: its format, and its size in pixels, 0 by 0 where that was not found."""

    format: str
    width: int = 0
    height: int = 0


def sniff_image(data: bytes) -> ImageInfo | None:
    """Return what these bytes show, None where they are no picture that crawlers know."""
    for signature, at, read in _READERS:
        if data[at : at + len(signature)] == signature:
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
    """Of three kinds of first chunk: lossy, lossless and extended (RFC 9649)."""
    kind = data[12:16]
    if kind == b"VP8X":
        low = unpack_from("<BBBBBB", data, 24)
        return ImageInfo("webp", 1 + _little(low[:3]), 1 + _little(low[3:]))
    if kind == b"VP8L":
        (bits,) = unpack_from("<I", data, 21)
        return ImageInfo("webp", 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF))
    width, height = unpack_from("<HH", data, 26)
    return ImageInfo("webp", width & 0x3FFF, height & 0x3FFF)


def _jpeg(data: bytes) -> ImageInfo:
    at = 2
    while True:
        start, marker = unpack_from("BB", data, at)
        if start != 0xFF:
            return ImageInfo("jpeg")
        if marker in _JPEG_FRAMES:
            height, width = unpack_from(">HH", data, at + 5)
            return ImageInfo("jpeg", width, height)
        at += _jpeg_step(data, at, marker)


def _jpeg_step(data: bytes, at: int, marker: int) -> int:
    if marker == 0xFF:  # a byte that only fills
        return 1
    return 2 if marker in _JPEG_WITHOUT_LENGTH else 2 + max(2, *unpack_from(">H", data, at + 2))


def _little(three: tuple[int, ...]) -> int:
    return three[0] | three[1] << 8 | three[2] << 16


_READERS = (
    (b"\x89PNG\r\n\x1a\n", 0, _png),
    (b"GIF8", 0, _gif),
    (b"\xff\xd8", 0, _jpeg),
    (b"WEBP", 8, _webp),
    (b"ftypavif", 4, _avif),
)
