"""Snapshots of formats before this one: a single gzip member, all of it read and migrated."""

import json
from collections.abc import Mapping
from typing import Any

from handler.domain.catalog import profile as profiles
from handler.domain.catalog.catalog import Catalog, RefreshData
from handler.domain.catalog.model_index import IndexEntry, ModelIndex
from handler.domain.catalog.profile import Profile
from handler.domain.compression import gunzip
from handler.domain.errors import (
    BAD_SHAPE,
    InvalidRecord,
    InvalidSnapshot,
    UnsupportedSnapshotFormat,
)
from handler.domain.snapshot.migrations import StoredSnapshot, migrate
from handler.domain.snapshot.names import FORMAT
from handler.domain.snapshot.parts import parse_header, parse_newest_reading, unreadable_profile
from handler.domain.snapshot.refresh_data import parse_refresh_data

_MAX_INFLATED_BYTES = 384 * 1024 * 1024  # 100,000 models are 330 MB


def open_older(snapshot: bytes) -> Catalog:
    """Return the catalog of a whole snapshot.

    Raises InvalidSnapshot for a format without a migration, ValueError and others for damage.
    """
    lines = gunzip(snapshot, _MAX_INFLATED_BYTES).split(b"\n")
    header = json.loads(lines[0])
    number = header["format"]
    if isinstance(number, int) and number > FORMAT:
        raise UnsupportedSnapshotFormat(
            f"it has format {number}, written by newer code; this reads {FORMAT}"
        )
    migrated = migrate(header, map(json.loads, lines[1:]), FORMAT)
    entries = list(map(IndexEntry._make, migrated.header["index"]))
    if len(entries) != len(migrated.profiles):
        raise InvalidSnapshot(
            f"its index names {len(entries)} models, and {len(migrated.profiles)} are there"
        )
    index = ModelIndex.from_entries(entries)
    return Catalog(parse_header(migrated.header), index, _MigratedParts(migrated, index))


class _MigratedParts:
    """The parts of a migrated snapshot (see `SnapshotParts`), which has no lists."""

    def __init__(self, migrated: StoredSnapshot, index: ModelIndex) -> None:
        self._migrated = migrated
        self._index = index
        self._newest = parse_newest_reading(migrated.header)

    def profile(self, position: int) -> Profile:
        """Return the profile at a position of the index."""
        try:
            stored: Mapping[str, Any] = self._migrated.profiles[position]
            return profiles.from_json(stored, self._newest, position)
        except (InvalidRecord, *BAD_SHAPE) as error:
            raise unreadable_profile(self._index, position, error) from error

    def listing(self) -> None:
        """Return None: it is built of the profiles."""

    def changes(self) -> None:
        """Return None: they are read from the profiles."""

    def refresh_data(self) -> RefreshData:
        """Return what only a refresh reads."""
        return parse_refresh_data(lambda: self._migrated.refresh_data)
