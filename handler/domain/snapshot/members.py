"""The container of a snapshot: gzip members, one after another, each inflated alone.

Programs such as zcat read the whole as one text. The sizes of all members but the first stand in
the first.
"""

import zlib
from collections.abc import Callable, Sequence
from itertools import accumulate

from handler.domain.compression import GZIP_WINDOW, gunzip
from handler.domain.errors import InvalidSnapshot

ReadRange = Callable[[int, int], bytes]
"""Returns the bytes of the stored object from a position up to another."""

_FIRST_PART_BYTES = 64 * 1024


class Members:
    """The members behind the first one, by number from 0, read when asked for."""

    def __init__(
        self, start: bytes, size: int, first: int, sizes: Sequence[int], read_range: ReadRange
    ) -> None:
        """Take the first bytes of an object of `size` bytes, and the compressed sizes.

        `first` is the size of the first member. Raises InvalidSnapshot if the sizes do not add up.
        """
        self._start = start
        self._offsets = list(accumulate(sizes, initial=first))
        self._read_range = read_range
        if self._offsets[-1] != size:
            raise InvalidSnapshot(f"its members have {self._offsets[-1]} bytes, and it has {size}")

    def read(self, number: int, max_bytes: int) -> bytes:
        """Return a member's content, verified by its checksum.

        Raises ValueError or zlib.error where it is damaged, and what reading a range raises.
        """
        begin, end = self._offsets[number : number + 2]
        is_here = end <= len(self._start)
        data = self._start[begin:end] if is_here else self._read_range(begin, end)
        return gunzip(data, max_bytes)


def read_first_member(start: bytes, max_bytes: int) -> tuple[bytes, int]:
    """Return the content of the first member, up to `max_bytes`, and its compressed size.

    The size counts only where the member ends within both. Raises zlib.error where it is damaged.
    """
    inflater = zlib.decompressobj(GZIP_WINDOW)
    content = inflater.decompress(start[:_FIRST_PART_BYTES], max_bytes)
    if not inflater.eof:
        rest = inflater.unconsumed_tail + start[_FIRST_PART_BYTES:]
        content += inflater.decompress(rest, max_bytes - len(content) or 1)
        return content, len(start) - len(inflater.unused_data)
    return content, min(_FIRST_PART_BYTES, len(start)) - len(inflater.unused_data)
