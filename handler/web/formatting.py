"""Times and addresses as pages write them."""

from datetime import UTC, date, datetime


def format_date(value: date) -> str:
    """Return "22 August 2026", of a moment the day in UTC."""
    if isinstance(value, datetime):
        value = value.astimezone(UTC)
    return f"{value:%-d %B %Y}"


def format_datetime(value: datetime) -> str:
    """Return "22 August 2026, 18:35 UTC"."""
    return f"{value.astimezone(UTC):%-d %B %Y, %H:%M} UTC"


def format_date_or_datetime(value: date) -> str:
    """Return a time to the minute, a day that has no time as the day."""
    return format_datetime(value) if isinstance(value, datetime) else format_date(value)


def format_percent(share: float) -> str:
    """Return "12.3 %" of a share of 0.123, with two significant digits below one percent."""
    points = share * 100
    return f"{points:.1f} %" if points >= 1 else f"{points:.2g} %"


def datetime_from_unix(seconds: int) -> datetime:
    """Return the moment in UTC."""
    return datetime.fromtimestamp(seconds, UTC)


def capitalize_first(words: str) -> str:
    """Return the words with a capital first, the others as they are."""
    return words[:1].upper() + words[1:]
