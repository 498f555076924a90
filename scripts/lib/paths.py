"""What the commands share: where things are on this machine, and how times are written."""

import re
from datetime import UTC, datetime
from pathlib import Path

from handler.domain.errors import SourceError

ROOT = Path(__file__).resolve().parents[2]
DEFAULT_STORE = ROOT / ".burgee" / "store"
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
