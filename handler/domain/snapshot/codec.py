"""The stored form of a catalog: JSON Lines, compressed with gzip.

The first line is the header with the index, then comes one line for each model, and last what only
a refresh reads: the leaderboard, and the log of the lists that were read. A render process parses
the header, and a model's line only when that model is requested: parsing all lines takes many times
as long.
"""

import json
import zlib
from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from handler.domain.arena import leaderboard
from handler.domain.catalog import profile as profiles
from handler.domain.catalog import provenance
from handler.domain.catalog.catalog import Catalog, CatalogData, RefreshData, SnapshotHeader
from handler.domain.catalog.coverage import Coverage, Reading, readings_from_json, readings_to_json
from handler.domain.catalog.model_lookup import IndexEntry
from handler.domain.catalog.profile import Profile
from handler.domain.compression import gunzip, gzip_deterministic
from handler.domain.errors import InvalidRecord, InvalidSnapshot, UnsupportedSnapshotFormat

FORMAT = 4
_MAX_INFLATED_BYTES = 384 * 1024 * 1024  # 100,000 models are 330 MB
_VERSION_DIGITS = 16

# Raised while reading JSON that does not have the expected shape.
_BAD_SHAPE = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


class _Lines:
    """The lines of a snapshot, copied on access: a copy of each would double the memory."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._starts = [0]
        while end := data.find(b"\n", self._starts[-1]) + 1:
            self._starts.append(end)
        self._starts.append(len(data) + 1)

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, number: int) -> bytes:
        return self._data[self._starts[number] : self._starts[number + 1] - 1]


def encode(data: CatalogData, run: str) -> bytes:
    """Return the snapshot of a catalog, written by a run. Equal input gives equal bytes."""
    lines = [
        _to_line(profiles.to_json(profile, data.as_of, position))
        for position, profile in enumerate(data.profiles)
    ]
    header = {
        "format": FORMAT,
        "version": sha256(b"\n".join(lines)).hexdigest()[:_VERSION_DIGITS],
        "run": run,
        "as_of": data.as_of.isoformat(),
        "coverage": data.coverage.to_json(),
        "unreadable_ids": [p.model.id for p in data.profiles if p.unreadable_at],
        "sources": {name: provenance.to_json(p) for name, p in data.sources.items()},
        "index": [_index_entry(profile) for profile in data.profiles],
    }
    board = leaderboard.to_json(data.leaderboard) if data.leaderboard else None
    refresh_data = {"leaderboard": board, "readings": readings_to_json(data.readings)}
    return gzip_deterministic(b"\n".join([_to_line(header), *lines, _to_line(refresh_data)]))


def decode(snapshot: bytes) -> Catalog:
    """Return the catalog of a snapshot of this format or an older one.

    Raises UnsupportedSnapshotFormat for a newer format, and InvalidSnapshot for bytes that are
    cut, damaged or of a format without a migration.
    """
    try:
        lines = _Lines(gunzip(snapshot, _MAX_INFLATED_BYTES))
        header = json.loads(lines[0])
        if header["format"] == FORMAT:
            return _build_catalog(header, len(lines) - 2, lambda n: json.loads(lines[n]))
        return _decode_older(header, lines)
    except InvalidSnapshot as error:
        raise type(error)(f"the snapshot cannot be used: {error}") from error
    except (zlib.error, *_BAD_SHAPE) as error:
        raise InvalidSnapshot(f"the snapshot is damaged: {error!r}") from error


def decode_start(start: bytes, size: int, read_range: Callable[[int, int], bytes]) -> Catalog:
    """Return the catalog of a snapshot of `size` bytes from its beginning, as `decode` does."""
    rest = read_range(len(start), size) if len(start) < size else b""
    return decode(start + rest)


def _decode_older(header: dict[str, Any], lines: _Lines) -> Catalog:
    """Return the catalog of another format, all of it migrated at once."""
    number = header["format"]
    if isinstance(number, int) and number > FORMAT:
        raise UnsupportedSnapshotFormat(
            f"it has format {number}, written by newer code; this reads {FORMAT}"
        )
    from handler.domain.snapshot.migrations import migrate  # noqa: PLC0415 - rare

    values = migrate(header, (json.loads(lines[n]) for n in range(1, len(lines))), FORMAT)
    return _build_catalog(values[0], len(values) - 2, values.__getitem__)


def _build_catalog(
    header: Mapping[str, Any], models: int, read_value: Callable[[int], Any]
) -> Catalog:
    """Return the catalog of a header and of the values of a number of model lines after it."""
    entries = [IndexEntry._make(row) for row in header["index"]]
    if len(entries) != models:
        raise InvalidSnapshot(f"its index names {len(entries)} models, and {models} are there")
    coverage = Coverage.from_json(header["coverage"])
    as_of = datetime.fromisoformat(header["as_of"])
    newest = Reading(as_of, coverage, frozenset(header["unreadable_ids"]))

    def read(position: int) -> Profile:
        model_id = entries[position].id
        try:
            return profiles.from_json(read_value(position + 1), newest, position)
        except (InvalidRecord, *_BAD_SHAPE) as error:
            raise InvalidSnapshot(
                f"what is stored of {model_id} cannot be read: {error!r}"
            ) from error

    return Catalog(
        SnapshotHeader(
            version=header["version"],
            run=header["run"],
            as_of=as_of,
            coverage=coverage,
            entries=entries,
            sources={n: provenance.from_json(p) for n, p in header["sources"].items()},
        ),
        read=read,
        read_refresh_data=lambda: _refresh_data(read_value, models + 1),
    )


def _refresh_data(read_value: Callable[[int], Any], number: int) -> RefreshData:
    try:
        stored = read_value(number)
        board = leaderboard.from_json(stored["leaderboard"])
        return RefreshData(board, readings_from_json(stored["readings"]))
    except _BAD_SHAPE as error:
        raise InvalidSnapshot(f"the stored data of refreshes cannot be read: {error!r}") from error


def _index_entry(profile: Profile) -> IndexEntry:
    model, withdrawn = profile.model, profile.withdrawn is not None
    return IndexEntry(model.id, model.name, model.canonical_slug, model.hugging_face_id, withdrawn)


def _to_line(value: Mapping[str, Any] | None) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
