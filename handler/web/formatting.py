"""Dates, times and percentages as pages write them."""

from datetime import UTC, date, datetime


def format_date(value: date) -> str:
    """Return "22 August 2026"; a datetime gives its date in UTC."""
    if isinstance(value, datetime):
        value = value.astimezone(UTC)
    return f"{value:%-d %B %Y}"


def format_datetime(value: datetime) -> str:
    """Return "22 August 2026, 18:35 UTC"."""
    return f"{value.astimezone(UTC):%-d %B %Y, %H:%M} UTC"


def format_date_or_datetime(value: date) -> str:
    """Return a datetime to the minute, a date as the date."""
    return format_datetime(value) if isinstance(value, datetime) else format_date(value)


def format_percent(share: float) -> str:
    """Return "12.3 %" for 0.123, with two significant digits below one percent."""
    points = share * 100
    return f"{points:.1f} %" if points >= 1 else f"{points:.2g} %"


def datetime_from_unix(seconds: int) -> datetime:
    """Return the time in UTC of Unix seconds."""
    return datetime.fromtimestamp(seconds, UTC)


def capitalize_first(text: str) -> str:
    """Return text with its first letter in upper case, the rest unchanged."""
    return text[:1].upper() + text[1:]
