"""How a catalog is stored: gzip over a JSON line about the whole, and one for each model.

A render process reads the first line, and decodes another only when its model is asked for: all of
them would take many times as long. The last line is for the next refresh alone. It is pure, so it
stands in the domain: both sides of the store use it, and no adapter needs to.
"""

import json
import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from handler.domain.arena import leaderboard
from handler.domain.arena.leaderboard import Leaderboard
from handler.domain.catalog import provenance
from handler.domain.catalog.catalog import Catalog, CatalogData, SnapshotHeader
from handler.domain.catalog.coverage import Coverage
from handler.domain.catalog.model_lookup import IndexEntry
from handler.domain.catalog.profile import Profile
from handler.domain.compression import gzip_deterministic
from handler.domain.errors import InvalidRecord, InvalidSnapshot, UnsupportedSnapshotFormat
from handler.domain.snapshot import stored_profile

if TYPE_CHECKING:
    from handler.domain.snapshot.migrations import Migration

FORMAT = 3
_GZIP_LEVEL = 6
_VERSION_DIGITS = 16
_MAX_INFLATED_BYTES = 384 * 1024 * 1024  # 100,000 models are 330 MB
_GZIP_WINDOW = 31  # zlib: 15 bits, with a gzip header

# What readers raise for JSON of another shape than ours.
_NONSENSE = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


class _Lines:
    """The lines of bytes, each copied when it is asked for: all of them are twice the memory."""

    def __init__(self, whole: bytes) -> None:
        self._whole = whole
        self._starts = [0]
        while end := whole.find(b"\n", self._starts[-1]) + 1:
            self._starts.append(end)
        self._starts.append(len(whole) + 1)

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, number: int) -> bytes:
        return self._whole[self._starts[number] : self._starts[number + 1] - 1]


def encode(contents: CatalogData, run: str) -> bytes:
    """Return the stored form of a catalog, as written by a run. The same gives the same bytes."""
    lines = [_line(stored_profile.to_json(profile)) for profile in contents.profiles]
    covered = contents.coverage.outputs
    header = {
        "format": FORMAT,
        "version": sha256(b"\n".join(lines)).hexdigest()[:_VERSION_DIGITS],
        "run": run,
        "as_of": contents.as_of.isoformat(),
        "covers": None if covered is None else sorted(covered),
        "sources": {name: provenance.to_json(p) for name, p in contents.sources.items()},
        "index": [_entry(profile) for profile in contents.profiles],
    }
    board = leaderboard.to_json(contents.leaderboard) if contents.leaderboard else None
    return gzip_deterministic(b"\n".join([_line(header), *lines, _line(board)]), _GZIP_LEVEL)


def decode(stored: bytes) -> Catalog:
    """Return the catalog of stored bytes.

    Raises InvalidSnapshot where they are cut, damaged or of an older format than FORMAT, and
    UnsupportedSnapshotFormat where they are of a newer one.
    """
    try:
        lines = _Lines(_inflate(stored))
        header = json.loads(lines[0])
        migrations = _migrations_from(header["format"])
        for migration in migrations:
            header = migration.header(header)
        return _catalog(header, lines, migrations)
    except InvalidSnapshot as error:
        raise type(error)(f"the snapshot cannot be used: {error}") from error
    except (zlib.error, *_NONSENSE) as error:
        raise InvalidSnapshot(f"the snapshot is damaged: {error!r}") from error


def _inflate(stored: bytes) -> bytes:
    """Return what was compressed, checked by gzip's own sums; no bomb gets past its limit."""
    inflater = zlib.decompressobj(_GZIP_WINDOW)
    inflated = inflater.decompress(stored, _MAX_INFLATED_BYTES)
    if not inflater.eof or inflater.unused_data:
        raise InvalidSnapshot(f"its {len(stored)} bytes are not one whole gzip stream")
    return inflated


def _migrations_from(found: object) -> "Sequence[Migration]":
    """Return the steps that lead from a stored format to FORMAT, none for FORMAT itself."""
    if found == FORMAT:
        return ()
    if isinstance(found, int) and found > FORMAT:
        raise UnsupportedSnapshotFormat(
            f"it has format {found}, written by newer code; this reads {FORMAT}"
        )
    from handler.domain.snapshot.migrations import MIGRATIONS  # noqa: PLC0415 - rarely needed

    if not isinstance(found, int) or found not in MIGRATIONS:
        raise InvalidSnapshot(
            f"it has format {found!r}, this code reads {min(MIGRATIONS)} to {FORMAT}"
        )
    return [MIGRATIONS[number] for number in range(found, FORMAT)]


def _catalog(
    header: Mapping[str, Any], lines: _Lines, migrations: "Sequence[Migration]"
) -> Catalog:
    entries = [IndexEntry._make(row) for row in header["index"]]
    stored = len(lines) - 2
    if len(entries) != stored:
        raise InvalidSnapshot(f"its index names {len(entries)} models, and {stored} are there")
    covered = header["covers"]
    about = SnapshotHeader(
        version=header["version"],
        run=header["run"],
        as_of=datetime.fromisoformat(header["as_of"]),
        coverage=Coverage(None if covered is None else frozenset(covered)),
        entries=entries,
        sources={n: provenance.from_json(p) for n, p in header["sources"].items()},
    )
    return Catalog(
        about,
        read=lambda position: _profile(entries[position].id, lines[position + 1], migrations),
        read_leaderboard=lambda: _leaderboard(lines[stored + 1]),
    )


def _profile(model_id: str, line: bytes, migrations: "Sequence[Migration]") -> Profile:
    try:
        stored = json.loads(line)
        for migration in migrations:
            stored = migration.profile(stored)
        return stored_profile.from_json(stored)
    except (InvalidRecord, *_NONSENSE) as error:
        raise InvalidSnapshot(f"what is stored of {model_id} cannot be read: {error!r}") from error


def _leaderboard(line: bytes) -> Leaderboard | None:
    try:
        return leaderboard.from_json(json.loads(line))
    except _NONSENSE as error:
        raise InvalidSnapshot(f"the stored leaderboard cannot be read: {error!r}") from error


def _entry(profile: Profile) -> IndexEntry:
    model = profile.model
    return IndexEntry(
        model.id,
        model.name,
        model.canonical_slug,
        model.hugging_face_id,
        profile.withdrawn is not None,
    )


def _line(value: Mapping[str, Any] | None) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
