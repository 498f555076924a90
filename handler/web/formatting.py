"""Times and addresses as pages write them."""

from datetime import UTC, date, datetime
from urllib.parse import quote


def path_of(model_id: str) -> str:
    """Return the canonical path of a model: always one slash first, never two."""
    return "/" + quote(model_id.lstrip("/"), safe="/:~")


def day(value: date) -> str:
    """Return "22 August 2026", of a moment the day in UTC."""
    if isinstance(value, datetime):
        value = value.astimezone(UTC)
    return f"{value:%-d %B %Y}"


def minute(value: datetime) -> str:
    """Return "22 August 2026, 18:35 UTC"."""
    return f"{value.astimezone(UTC):%-d %B %Y, %H:%M} UTC"


def moment(value: date) -> str:
    """Return a time to the minute, a day that has no time as the day."""
    return minute(value) if isinstance(value, datetime) else day(value)


def percent(share: float) -> str:
    """Return "12.3 %" of a share of 0.123, with two significant digits below one percent."""
    points = share * 100
    return f"{points:.1f} %" if points >= 1 else f"{points:.2g} %"


def from_unix(seconds: int) -> datetime:
    """Return the moment in UTC."""
    return datetime.fromtimestamp(seconds, UTC)


def capitalised(words: str) -> str:
    """Return the words with a capital first, the others as they are."""
    return words[:1].upper() + words[1:]
