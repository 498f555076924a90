"""What the commands share: where things are on this machine, and how times are written."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from handler import bootstrap
from handler.adapters.openrouter import StoredList
from handler.domain.errors import SourceError
from handler.domain.gates import Gates
from handler.domain.strict_json import decode
from handler.ports import CatalogSource, SnapshotStore
from handler.services.refreshing import Refreshed, refresh_catalog

ROOT = Path(__file__).resolve().parents[2]
DEFAULT_STORE = ROOT / ".burgee" / "store"
SAMPLE = ROOT / "scripts" / "data" / "sample-catalog.json"
SAMPLE_LABEL = "Burgee’s bundled sample of OpenRouter’s list"
STORED_LABEL = "a stored copy of OpenRouter’s list"

_TIME_IN_NAME = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):?(\d\d)(?::?(\d\d))?Z)?")


def moment(text: str) -> datetime:
    """Return a time written in ISO 8601, taken as UTC where it names no zone."""
    parsed = datetime.fromisoformat(text)
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def named_moment(path: Path) -> datetime | None:
    """Return the time that a file's name begins with, such as 2026-08-22T1835Z or 2026-08-22."""
    match = _TIME_IN_NAME.match(path.name)
    if not match:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


def observed_at(path: Path) -> datetime:
    """Return when a stored list was served: as its name says, else when the file was written.

    Raises SourceError where there is no such file.
    """
    try:
        written = path.stat().st_mtime
    except OSError as error:
        raise SourceError(f"cannot read {path}: {error.strerror}") from error
    return named_moment(path) or datetime.fromtimestamp(written, UTC)


def load_sample(store: SnapshotStore) -> Refreshed:
    """Put the bundled sample into a store."""
    as_of = moment(decode(SAMPLE.read_bytes(), str(SAMPLE))["as_of"])
    return refresh(StoredList(SAMPLE, SAMPLE_LABEL), store, as_of, None)


def refresh(
    source: CatalogSource,
    store: SnapshotStore,
    as_of: datetime,
    gates: Gates | None,
    progress: Callable[[str], None] = lambda _step: None,
) -> Refreshed:
    """Refresh a store by the very code that is deployed."""
    return refresh_catalog(source, store, bootstrap.prose_renderer(), as_of, gates, progress)
