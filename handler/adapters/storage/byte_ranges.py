"""Ranges of bytes in HTTP headers (RFC 9110, section 14)."""

import re
from typing import NamedTuple

_CONTENT_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18})", re.ASCII)


class ByteRange(NamedTuple):
    """The bytes from `start` up to, but not including, `stop`."""

    start: int
    stop: int

    @property
    def header(self) -> str:
        """The value of a Range header."""
        return f"bytes={self.start}-{self.stop - 1}"

    def size_of_whole(self, content_range: str, body: bytes) -> int:
        """Return the size of the object that a 206 response is a part of.

        Raises ValueError unless the body is this range, ended by the object's end at most.
        """
        match = _CONTENT_RANGE.fullmatch(content_range)
        first, last, size = map(int, match.groups()) if match else (-1, -1, -1)
        if first != self.start or last + 1 != min(self.stop, size) or len(body) != last + 1 - first:
            raise ValueError(
                f"{len(body)} bytes with the range {content_range[:60]!r} instead of {self.header}"
            )
        return size
