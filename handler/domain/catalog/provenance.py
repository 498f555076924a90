"""Provenance: where data came from, when, and whether its source still answers."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

LIST = "list"
ENDPOINTS = "details"
ARENA = "arena"
USAGE = "usage"
SOURCES = (LIST, ENDPOINTS, ARENA, USAGE)


class Provenance(NamedTuple):
    """The last good response of one source.

    `label` is its name on pages. `as_of` is the day or time that the data describes. `sha256` and
    `size_bytes` are of the body as received; the hash is also its key in the archive. `records`
    counts all of its records, `skipped` the unreadable ones. `failing_since` is set while later
    requests fail, with the last error in `failure`.
    """

    label: str
    url: str
    fetched_at: datetime
    as_of: date
    sha256: str
    size_bytes: int
    records: int
    skipped: int
    failing_since: datetime | None = None
    failure: str = ""

    @property
    def state(self) -> str:
        """Either "fresh", or "stale" while requests fail."""
        return "stale" if self.failing_since else "fresh"


def mark_stale(last: Provenance, moment: datetime, failure: str) -> Provenance:
    """Return the provenance of data that is kept because a request failed at a moment.

    Failing refreshes may overtake each other: `failing_since` is the earliest failure.
    """
    if last.failing_since and moment < last.failing_since:
        return last._replace(failing_since=moment)
    return last._replace(failing_since=last.failing_since or moment, failure=failure)


def to_json(provenance: Provenance) -> dict[str, Any]:
    """Return the fields, with dates and times in ISO 8601."""
    fields = provenance._asdict().items()
    return {name: v.isoformat() if isinstance(v, date) else v for name, v in fields}


def from_json(stored: Mapping[str, Any]) -> Provenance:
    """Return the provenance of a JSON form. Raises ValueError, KeyError or TypeError."""
    as_of, failing = stored["as_of"], stored["failing_since"]
    times = {
        "fetched_at": datetime.fromisoformat(stored["fetched_at"]),
        "as_of": (datetime if "T" in as_of else date).fromisoformat(as_of),
        "failing_since": datetime.fromisoformat(failing) if failing else None,
    }
    return Provenance(**{**stored, **times})
