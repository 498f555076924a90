"""Where data came from, when, and whether its source still answers."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

LIST = "list"
ENDPOINTS = "details"
ARENA = "arena"
USAGE = "usage"
SOURCES = (LIST, ENDPOINTS, ARENA, USAGE)


class Provenance(NamedTuple):
    """The last good answer of one source.

    `label` is for readers, `url` where it was fetched; `as_of` is the time or day that the data
    itself is of; `sha256` is of the body as it came, `size_bytes` long, under which it is archived;
    `skipped` counts the records that could not be read. `failing_since` is set while later
    attempts fail, `failure` says how the last one did.
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
        """The state in a word: "fresh", or "stale" while the source does not answer."""
        return "stale" if self.failing_since else "fresh"


def mark_stale(last: Provenance, moment: datetime, failure: str) -> Provenance:
    """Return the provenance of data that stays because a newer answer could not be had.

    Two refreshes that fail may overtake each other: the earlier one says since when.
    """
    if last.failing_since and moment < last.failing_since:
        return last._replace(failing_since=moment)
    return last._replace(failing_since=last.failing_since or moment, failure=failure)


def to_json(provenance: Provenance) -> dict[str, Any]:
    """Return its fields, times as ISO 8601 writes them."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in provenance._asdict().items()
    }


def from_json(stored: Mapping[str, Any]) -> Provenance:
    """Return the provenance of its JSON form. Raises ValueError, KeyError or TypeError."""
    times = {
        "fetched_at": datetime.fromisoformat(stored["fetched_at"]),
        "as_of": _day_or_moment(stored["as_of"]),
        "failing_since": _moment_or_none(stored["failing_since"]),
    }
    return Provenance(**{**stored, **times})


def _day_or_moment(text: str) -> date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _moment_or_none(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
