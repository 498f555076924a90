"""Model lists stored in files: how they are labelled, and when they were served."""

import re
from datetime import UTC, datetime
from pathlib import Path

from handler.domain.errors import SourceError

STORED_LABEL = "a stored copy of OpenRouter’s list"

_TIME_IN_NAME = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):?(\d\d)(?::?(\d\d))?Z)?")


def parse_time(text: str) -> datetime:
    """Return an ISO 8601 time, in UTC if it names no zone. Raises ValueError."""
    parsed = datetime.fromisoformat(text)
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def observed_at(path: Path) -> datetime:
    """Return when a stored list was served: the time in its name, else its modification time.

    Raises SourceError if the file cannot be read.
    """
    try:
        modified = path.stat().st_mtime
    except OSError as error:
        raise SourceError(f"cannot read {path}: {error.strerror}") from error
    return _time_in_name(path) or datetime.fromtimestamp(modified, UTC)


def _time_in_name(path: Path) -> datetime | None:
    """Return the time that a file name starts with, such as 2026-08-22T1835Z or 2026-08-22."""
    match = _TIME_IN_NAME.match(path.name)
    if not match:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
