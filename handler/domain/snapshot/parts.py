"""The parts of a stored snapshot behind its header, parsed when they are asked for."""

import json
import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import Any

from handler.domain.catalog import profile as profiles
from handler.domain.catalog import provenance
from handler.domain.catalog.catalog import RefreshData, SnapshotHeader
from handler.domain.catalog.coverage import Coverage, Reading
from handler.domain.catalog.model_index import ModelIndex
from handler.domain.catalog.profile import Profile
from handler.domain.errors import BAD_SHAPE, InvalidRecord, InvalidSnapshot
from handler.domain.snapshot.members import Members
from handler.domain.snapshot.names import MAX_MEMBER_BYTES

# The members behind the header, in this order.
_INDEX, _NAMES, _LISTING, _CHANGES, _REFRESH_DATA, _FIRST_BLOCK = range(6)
_CONTENTS = ("index", "names", "list of models", "changes", "data of refreshes")
_MAX_OPEN_BLOCKS = 16  # about 5 MB


class StoredParts:
    """The parts of a snapshot (see `SnapshotParts`), and its index."""

    def __init__(self, header: Mapping[str, Any], members: Members) -> None:
        """Take the JSON of the header. Raises InvalidSnapshot if the index is not as it says."""
        self._members = members
        self._newest = parse_newest_reading(header)
        self._block_size: int = header["block_size"]
        self.index = ModelIndex(_read_text(members, _INDEX), lambda: _read_text(members, _NAMES))
        models, block_size = header["listed"] + header["withdrawn"], header["block_size"]
        # No reference back to this object: what a start makes is left out of garbage collection.
        self._open_block = lru_cache(_MAX_OPEN_BLOCKS)(
            lambda number: _read_block(
                members, number, min(block_size, models - number * block_size)
            )
        )
        blocks = len(header["member_sizes"]) - _FIRST_BLOCK
        if len(self.index) != models or blocks != -(-models // block_size):
            raise InvalidSnapshot(
                f"it has {models} models, its index {len(self.index)}, in {blocks} blocks"
            )

    def profile(self, position: int) -> Profile:
        """Return the profile at a position of the index."""
        block, line = divmod(position, self._block_size)
        try:
            stored = json.loads(self._open_block(block)[line])
            return profiles.from_json(stored, self._newest, position)
        except (zlib.error, InvalidRecord, *BAD_SHAPE) as error:
            raise unreadable_profile(self.index, position, error) from error

    def listing(self) -> bytes:
        """Return what the lists of models show."""
        return _read_text(self._members, _LISTING)

    def changes(self) -> bytes:
        """Return the changes of all models."""
        return _read_text(self._members, _CHANGES)

    def refresh_data(self) -> RefreshData:
        """Return what only a refresh reads."""
        from handler.domain.snapshot.refresh_data import parse_refresh_data  # noqa: PLC0415 - rare

        return parse_refresh_data(lambda: json.loads(_read_text(self._members, _REFRESH_DATA)))


def _read_block(members: Members, number: int, models: int) -> Sequence[bytes]:
    # With more or fewer lines, a model would be shown as another one.
    *lines, end = members.read(_FIRST_BLOCK + number, MAX_MEMBER_BYTES).split(b"\n")
    if end or len(lines) != models:
        raise ValueError(f"a block of {models} models has {len(lines)} lines")
    return lines


def _read_text(members: Members, number: int) -> bytes:
    """Return a member before the blocks. Raises InvalidSnapshot."""
    try:
        return members.read(number, MAX_MEMBER_BYTES)
    except (zlib.error, *BAD_SHAPE) as error:
        content = _CONTENTS[number]
        raise InvalidSnapshot(f"the stored {content} cannot be read: {error!r}") from error


def parse_header(header: Mapping[str, Any]) -> SnapshotHeader:
    """Return the header of its JSON. Raises one of BAD_SHAPE."""
    return SnapshotHeader(
        version=header["version"],
        run=header["run"],
        as_of=datetime.fromisoformat(header["as_of"]),
        coverage=Coverage.from_json(header["coverage"]),
        sources={n: provenance.from_json(p) for n, p in header["sources"].items()},
        listed_count=header["listed"],
        withdrawn_count=header["withdrawn"],
        price_scales={
            kind: tuple(map(Decimal, scale))
            for kind, scale in header.get("price_scales", {}).items()
        },
        feed_authority=header.get("feed_authority", ""),
    )


def parse_newest_reading(header: Mapping[str, Any]) -> Reading:
    """Return the newest list that was read. Raises one of BAD_SHAPE."""
    as_of, coverage = (
        datetime.fromisoformat(header["as_of"]),
        Coverage.from_json(header["coverage"]),
    )
    return Reading(as_of, coverage, frozenset(header["unreadable_ids"]))


def unreadable_profile(index: ModelIndex, position: int, error: Exception) -> InvalidSnapshot:
    """Return the error of a profile that cannot be read, which names the model."""
    model_id = next(islice(index.ids(), position, None), f"model {position}")
    return InvalidSnapshot(f"what is stored of {model_id} cannot be read: {error!r}")
