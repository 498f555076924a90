"""Opening a stored snapshot, whose parts `encode` describes."""

import json
import zlib
from typing import Any

from handler.domain.catalog.catalog import Catalog
from handler.domain.errors import BAD_SHAPE, InvalidSnapshot, UnsupportedSnapshotFormat
from handler.domain.snapshot.members import Members, ReadRange, read_first_member
from handler.domain.snapshot.names import FORMAT, MAX_HEADER_BYTES
from handler.domain.snapshot.parts import StoredParts, parse_header


def decode(start: bytes, size: int, read_range: ReadRange) -> Catalog:
    """Return the catalog of a snapshot of `size` bytes, of this format or an older one.

    `start` are its first bytes. What is not among them is read when it is needed.
    Raises UnsupportedSnapshotFormat for a newer format, InvalidSnapshot for bytes that are cut,
    damaged or of a format without a migration, and what `read_range` raises.
    """
    try:
        return _decode(start, size, read_range)
    except InvalidSnapshot as error:
        raise type(error)(f"the snapshot cannot be used: {error}") from error
    except (zlib.error, *BAD_SHAPE) as error:
        raise InvalidSnapshot(f"the snapshot is damaged: {error!r}") from error


def decode_whole(snapshot: bytes) -> Catalog:
    """Return the catalog of a snapshot in memory. Raises as `decode` does."""
    return decode(snapshot, len(snapshot), lambda begin, end: snapshot[begin:end])


def _decode(start: bytes, size: int, read_range: ReadRange) -> Catalog:
    content, first_size = read_first_member(start, MAX_HEADER_BYTES)
    # The only member of format 4 and before has all models, and may not end here.
    is_header_alone = content.find(b"\n") == len(content) - 1
    header: Any = json.loads(content) if is_header_alone else {"format": FORMAT - 1}
    if header["format"] < FORMAT:
        from handler.domain.snapshot.older_formats import open_older  # noqa: PLC0415 - rare

        rest = read_range(len(start), size) if len(start) < size else b""
        return open_older(start + rest)
    if header["format"] > FORMAT:
        raise UnsupportedSnapshotFormat(
            f"it has format {header['format']}, written by newer code; this reads {FORMAT}"
        )
    members = Members(start, size, first_size, header["member_sizes"], read_range)
    parts = StoredParts(header, members)
    return Catalog(parse_header(header), parts.index, parts)
