"""Stored snapshots taken apart into the contents of their members, and put together again."""

import json
import zlib
from collections.abc import Sequence
from typing import Any

from handler.domain.compression import gzip_deterministic

# The members behind the header, by their position here.
INDEX, NAMES, LISTING, CHANGES, REFRESH_DATA, FIRST_BLOCK = range(1, 7)


def split_members(snapshot: bytes) -> list[bytes]:
    """Return the content of each member, the header's first."""
    contents = []
    while snapshot:
        inflater = zlib.decompressobj(31)
        contents.append(inflater.decompress(snapshot))
        snapshot = inflater.unused_data
    return contents


def join_members(contents: Sequence[bytes], **header: Any) -> bytes:
    """Return the snapshot of members; `header` are values of the header that differ."""
    members = list(map(gzip_deterministic, contents[1:]))
    changed = {**json.loads(contents[0]), "member_sizes": list(map(len, members)), **header}
    return b"".join([gzip_deterministic(json.dumps(changed).encode() + b"\n"), *members])


def replace_member(snapshot: bytes, number: int, content: bytes) -> bytes:
    """Return a snapshot in which one member has another content."""
    contents = split_members(snapshot)
    contents[number] = content
    return join_members(contents)


def damage_member(snapshot: bytes, number: int) -> bytes:
    """Return a snapshot in which a byte in the middle of one member is another."""
    contents = split_members(snapshot)
    ends = [0]
    for content in contents[:number]:
        ends.append(ends[-1] + len(gzip_deterministic(content)))
    middle = ends[-1] + len(gzip_deterministic(contents[number])) // 2
    return snapshot[:middle] + bytes([snapshot[middle] ^ 0xFF]) + snapshot[middle + 1 :]
