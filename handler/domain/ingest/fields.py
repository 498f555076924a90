"""Typed access to the fields of an upstream record. Errors name the field.

Absent, null and empty fields count as not published. Text is truncated, far above the length of
any real one, and loses its invisible characters. A field of another type raises InvalidRecord.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from handler.domain.errors import InvalidRecord
from handler.domain.text import collapse_whitespace

_MAX_TEXT_CHARACTERS = 200
_MAX_COUNT = 10**12
_MAX_ITEMS = 200


def get_object(raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """Return an object, an empty one if the field is absent."""
    value = raw.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise InvalidRecord(f"{key} is {type(value).__name__}, not an object")
    return value


def get_text(raw: Mapping[str, Any], key: str) -> str | None:
    """Return text, with each run of white space as one space."""
    value = raw.get(key)
    if not isinstance(value, str | None):
        raise InvalidRecord(f"{key} is {type(value).__name__}, not a string")
    return _clean(value) or None if value else None


def get_date(raw: Mapping[str, Any], key: str) -> date | None:
    """Return the date of an ISO 8601 date or time, None for any other text."""
    text = get_text(raw, key)
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def get_texts(raw: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """Return the texts of a list that are not empty."""
    value = raw.get(key)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise InvalidRecord(f"{key} is not a list of strings")
    if len(value) > _MAX_ITEMS:
        raise InvalidRecord(f"{key} has {len(value)} items, more than {_MAX_ITEMS}")
    return tuple(filter(None, map(_clean, value)))


def get_parameters(raw: Mapping[str, Any], key: str) -> tuple[tuple[str, str], ...]:
    """Return the names of an object with their values as JSON. Names set to null are left out."""
    items = list(get_object(raw, key).items())[:_MAX_ITEMS]
    return tuple((_clean(n), _clean(json.dumps(value))) for n, value in items if value is not None)


def get_count(raw: Mapping[str, Any], key: str, maximum: int = _MAX_COUNT) -> int | None:
    """Return a whole number from 0 to the maximum."""
    value = raw.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value):
        raise InvalidRecord(f"{key} is {str(value)[:40]!r}, not a whole number")
    if not 0 <= value <= maximum:
        raise InvalidRecord(f"{key} is {str(value)[:40]}, out of range")
    return int(value)


def get_number(raw: Mapping[str, Any], key: str, maximum: float) -> float | None:
    """Return a number from 0 to the maximum."""
    value = raw.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidRecord(f"{key} is {type(value).__name__}, not a number")
    if not 0 <= value <= maximum:
        raise InvalidRecord(f"{key} is {str(value)[:40]}, out of range")
    return float(value)


def get_bool(raw: Mapping[str, Any], key: str) -> bool | None:
    """Return a boolean."""
    value = raw.get(key)
    if value is None or isinstance(value, bool):
        return value
    raise InvalidRecord(f"{key} is {type(value).__name__}, not true or false")


def _clean(text: str) -> str:
    return collapse_whitespace(text[:_MAX_TEXT_CHARACTERS])
