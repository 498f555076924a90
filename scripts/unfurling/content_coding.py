"""Decompresses response bodies in small pieces, however far they expand."""

import zlib
from collections.abc import AsyncIterator, Iterator

_PIECE_BYTES = 65_536
# zlib's values: gzip's header, zlib's header (what HTTP calls deflate), no header.
_GZIP, _ZLIB, _RAW = 31, 15, -15
_WINDOWS = {"gzip": _GZIP, "x-gzip": _GZIP, "deflate": _ZLIB}


class UndecodableBody(Exception):
    """A body is damaged, or in a coding that is not read; the message says which."""


async def decode_body(chunks: AsyncIterator[bytes], content_encoding: str) -> AsyncIterator[bytes]:
    """Yield a body without its content coding, in pieces of at most 64 KiB.

    Raises UndecodableBody. A second coding is refused: each one multiplies the work of the next by
    a thousand.
    """
    codings = [name.strip().lower() for name in content_encoding.split(",")]
    codings = [name for name in codings if name not in ("", "identity")]
    if len(codings) > 1:
        raise UndecodableBody(f"the body is compressed more than once: {', '.join(codings)}")
    if codings and codings[0] not in _WINDOWS:
        raise UndecodableBody(f"the body has the content coding {codings[0]}, which is not read")
    inflater = _Inflater(codings[0]) if codings else None
    async for chunk in chunks:
        for piece in inflater.inflate(chunk) if inflater else (chunk,):
            yield piece


class _Inflater:
    def __init__(self, coding: str) -> None:
        self._coding = coding
        self._zlib = zlib.decompressobj(_WINDOWS[coding])
        self._has_begun = False

    def inflate(self, chunk: bytes) -> Iterator[bytes]:
        """Yield what a chunk expands to; bytes after the end of the stream are ignored."""
        while chunk and not self._zlib.eof:
            yield self._decompress(chunk)
            chunk = self._zlib.unconsumed_tail
        while not self._zlib.eof and (piece := self._decompress(b"")):
            yield piece

    def _decompress(self, chunk: bytes) -> bytes:
        try:
            piece = self._zlib.decompress(chunk, _PIECE_BYTES)
        except zlib.error as error:
            if self._has_begun or self._coding != "deflate":
                raise UndecodableBody(f"the {self._coding} body is damaged: {error}") from error
            # Some servers send deflate without zlib's header.
            self._zlib = zlib.decompressobj(_RAW)
            self._has_begun = True
            return self._decompress(chunk)
        self._has_begun = True
        return piece
