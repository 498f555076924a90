"""Dates, times, percentages and JSON as pages write them."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from handler.domain.invisible import escape_invisible

T = TypeVar("T")
R = TypeVar("R")


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
    """Return "12.3%" for 0.123, "100%" for 1; two significant digits below one percent."""
    points = share * 100
    return f"{points:.1f}".removesuffix(".0") + "%" if points >= 1 else f"{points:.2g}%"


def datetime_from_unix(seconds: int) -> datetime:
    """Return the time in UTC of Unix seconds."""
    return datetime.fromtimestamp(seconds, UTC)


def map_optional(function: Callable[[T], R], value: T | None) -> R | None:
    """Return the function's result, None for a value that is absent, zero or empty."""
    return function(value) if value else None


def capitalize_first(text: str) -> str:
    """Return text with its first letter in upper case, the rest unchanged."""
    return text[:1].upper() + text[1:]


def pretty_json(value: Mapping[str, Any]) -> str:
    """Return indented JSON in which every invisible character is an escape."""
    return escape_invisible(json.dumps(value, indent=2, ensure_ascii=False))
