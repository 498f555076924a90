"""Model lists stored in files: how they are labelled, and when they were served."""

import argparse
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from handler.domain.errors import SourceError

STORED_LABEL = "a stored copy of OpenRouter’s list"

_MAX_CLOCK_DIFFERENCE = timedelta(hours=1)
_TIME_IN_NAME = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):?(\d\d)(?::?(\d\d))?Z)?")


def parse_time(text: str) -> datetime:
    """Return an ISO 8601 time, in UTC if it names no zone. Raises argparse.ArgumentTypeError."""
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError as error:
        reason = f"{text!r} is not a time in ISO 8601, such as 2026-08-22T18:35Z"
        raise argparse.ArgumentTypeError(reason) from error
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def observed_at(path: Path) -> datetime:
    """Return when a stored list was served: the time in its name, else its modification time.

    Raises SourceError if the file cannot be read, or has a time that is none or yet to come.
    """
    try:
        modified = path.stat().st_mtime
    except OSError as error:
        raise SourceError(f"cannot read {path}: {error.strerror}") from error
    observed = _time_in_name(path) or datetime.fromtimestamp(modified, UTC)
    return check_past(observed, datetime.now(UTC), str(path))


def check_past(moment: datetime, now: datetime, name: str) -> datetime:
    """Return the moment of a list. Raises SourceError if it is yet to come.

    Every later list would be older than it, and would not be shown.
    """
    if moment > now + _MAX_CLOCK_DIFFERENCE:
        raise SourceError(
            f"{name} says {moment:%-d %B %Y, %H:%M} UTC, which is yet to come: "
            "no list can have been served then"
        )
    return moment


def _time_in_name(path: Path) -> datetime | None:
    """Return the time that a file name starts with, such as 2026-08-22T1835Z or 2026-08-22."""
    match = _TIME_IN_NAME.match(path.name)
    if not match:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError as error:
        raise SourceError(f"the name of {path} starts with {match[0]}: {error}") from error
