"""The stored form of a catalog: JSON Lines, compressed with gzip.

The first line is the header with the index, then comes one line for each model, and the leaderboard
last. A render process parses the header, and a model's line only when that model is requested:
parsing all lines takes many times as long. Only a refresh reads the leaderboard.
"""

import json
import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from handler.domain.arena import leaderboard
from handler.domain.arena.leaderboard import Leaderboard
from handler.domain.catalog import profile as profiles
from handler.domain.catalog import provenance
from handler.domain.catalog.catalog import Catalog, CatalogData, SnapshotHeader
from handler.domain.catalog.coverage import Coverage
from handler.domain.catalog.model_lookup import IndexEntry
from handler.domain.catalog.profile import Profile
from handler.domain.compression import gunzip, gzip_deterministic
from handler.domain.errors import InvalidRecord, InvalidSnapshot, UnsupportedSnapshotFormat

if TYPE_CHECKING:
    from handler.domain.snapshot.migrations import Migration

FORMAT = 3
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
    lines = [_to_line(profiles.to_json(profile)) for profile in data.profiles]
    outputs = data.coverage.outputs
    header = {
        "format": FORMAT,
        "version": sha256(b"\n".join(lines)).hexdigest()[:_VERSION_DIGITS],
        "run": run,
        "as_of": data.as_of.isoformat(),
        "coverage": None if outputs is None else sorted(outputs),
        "sources": {name: provenance.to_json(p) for name, p in data.sources.items()},
        "index": [_index_entry(profile) for profile in data.profiles],
    }
    board = leaderboard.to_json(data.leaderboard) if data.leaderboard else None
    return gzip_deterministic(b"\n".join([_to_line(header), *lines, _to_line(board)]))


def decode(snapshot: bytes) -> Catalog:
    """Return the catalog of a snapshot of this format or an older one.

    Raises UnsupportedSnapshotFormat for a newer format, and InvalidSnapshot for bytes that are
    cut, damaged or of a format without a migration.
    """
    try:
        lines = _Lines(gunzip(snapshot, _MAX_INFLATED_BYTES))
        header = json.loads(lines[0])
        migrations = _migrations_from(header["format"])
        for migration in migrations:
            header = migration.header(header)
        return _build_catalog(header, lines, migrations)
    except InvalidSnapshot as error:
        raise type(error)(f"the snapshot cannot be used: {error}") from error
    except (zlib.error, *_BAD_SHAPE) as error:
        raise InvalidSnapshot(f"the snapshot is damaged: {error!r}") from error


def _migrations_from(number: object) -> "Sequence[Migration]":
    """Return the steps from a stored format to FORMAT: none for FORMAT itself."""
    if number == FORMAT:
        return ()
    if isinstance(number, int) and number > FORMAT:
        raise UnsupportedSnapshotFormat(
            f"it has format {number}, written by newer code; this reads {FORMAT}"
        )
    from handler.domain.snapshot.migrations import migrations_between  # noqa: PLC0415 - rare

    return migrations_between(number, FORMAT)


def _build_catalog(
    header: Mapping[str, Any], lines: _Lines, migrations: "Sequence[Migration]"
) -> Catalog:
    entries = [IndexEntry._make(row) for row in header["index"]]
    model_lines = len(lines) - 2
    if len(entries) != model_lines:
        raise InvalidSnapshot(f"its index names {len(entries)} models, and {model_lines} are there")
    outputs = header["coverage"]
    return Catalog(
        SnapshotHeader(
            version=header["version"],
            run=header["run"],
            as_of=datetime.fromisoformat(header["as_of"]),
            coverage=Coverage(None if outputs is None else frozenset(outputs)),
            entries=entries,
            sources={n: provenance.from_json(p) for n, p in header["sources"].items()},
        ),
        read=lambda position: _profile(entries[position].id, lines[position + 1], migrations),
        read_leaderboard=lambda: _leaderboard(lines[model_lines + 1], migrations),
    )


def _profile(model_id: str, line: bytes, migrations: "Sequence[Migration]") -> Profile:
    try:
        stored = json.loads(line)
        for migration in migrations:
            stored = migration.profile(stored)
        return profiles.from_json(stored)
    except (InvalidRecord, *_BAD_SHAPE) as error:
        raise InvalidSnapshot(f"what is stored of {model_id} cannot be read: {error!r}") from error


def _leaderboard(line: bytes, migrations: "Sequence[Migration]") -> Leaderboard | None:
    try:
        stored = json.loads(line)
        for migration in migrations:
            stored = migration.leaderboard(stored)
        return leaderboard.from_json(stored)
    except _BAD_SHAPE as error:
        raise InvalidSnapshot(f"the stored leaderboard cannot be read: {error!r}") from error


def _index_entry(profile: Profile) -> IndexEntry:
    model, withdrawn = profile.model, profile.withdrawn is not None
    return IndexEntry(model.id, model.name, model.canonical_slug, model.hugging_face_id, withdrawn)


def _to_line(value: Mapping[str, Any] | None) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
