"""Typed access to the fields of an upstream record.

The `get_` functions read optional fields: a value that cannot be read is not published, like one
that is absent, null or empty, and costs nothing else. The `parse_` functions read fields without
which a record means nothing, and raise InvalidRecord, which names the field. Text is truncated, far
above the length of any real one, and loses its invisible characters.
"""

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from handler.domain.errors import InvalidRecord
from handler.domain.text import collapse_whitespace

_MAX_TEXT_CHARACTERS = 200
_MAX_COUNT = 10**12
_MAX_ITEMS = 200
# Numbers may be strings of digits, with or without a fraction.
_DIGITS = re.compile(r"[0-9]{1,15}(\.[0-9]{1,15})?")


def parse_object(raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """Return an object, an empty one if the field is absent. Raises InvalidRecord for others."""
    value = raw.get(key)
    if not isinstance(value, dict | None):
        raise InvalidRecord(f"{key} is {type(value).__name__}, not an object")
    return value or {}


def parse_text(raw: Mapping[str, Any], key: str) -> str | None:
    """Return text on one line, None if the field is absent. Raises InvalidRecord for others."""
    value = raw.get(key)
    if not isinstance(value, str | None):
        raise InvalidRecord(f"{key} is {type(value).__name__}, not a string")
    return get_text(raw, key)


def get_object(raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """Return an object, an empty one if there is none."""
    value = raw.get(key)
    return value if isinstance(value, dict) else {}


def get_text(raw: Mapping[str, Any], key: str) -> str | None:
    """Return text, with each run of white space as one space."""
    value = raw.get(key)
    return _clean(value) or None if isinstance(value, str) else None


def get_date(raw: Mapping[str, Any], key: str) -> date | None:
    """Return the date of an ISO 8601 date or time, None for any other text."""
    text = get_text(raw, key)
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def get_texts(raw: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """Return the texts among the first _MAX_ITEMS of a list, without empty ones."""
    value = raw.get(key)
    items = value[:_MAX_ITEMS] if isinstance(value, list) else []
    return tuple(filter(None, (_clean(item) for item in items if isinstance(item, str))))


def get_parameters(raw: Mapping[str, Any], key: str) -> tuple[tuple[str, str], ...]:
    """Return the names of an object with their values as JSON. Names set to null are left out."""
    items = list(get_object(raw, key).items())[:_MAX_ITEMS]
    return tuple((_clean(n), _clean(json.dumps(value))) for n, value in items if value is not None)


def get_count(raw: Mapping[str, Any], key: str, maximum: int = _MAX_COUNT) -> int | None:
    """Return a whole number from 0 to the maximum; a fraction is rounded down."""
    number = _number(raw.get(key), maximum)
    return None if number is None else int(number)


def get_number(raw: Mapping[str, Any], key: str, maximum: float) -> float | None:
    """Return a number from 0 to the maximum."""
    number = _number(raw.get(key), maximum)
    return None if number is None else float(number)


def get_bool(raw: Mapping[str, Any], key: str) -> bool | None:
    """Return a boolean."""
    value = raw.get(key)
    return value if isinstance(value, bool) else None


def _number(value: object, maximum: float) -> int | float | None:
    if isinstance(value, str) and _DIGITS.fullmatch(value.strip()):
        value = float(value) if "." in value else int(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if 0 <= value <= maximum else None


def _clean(text: str) -> str:
    return collapse_whitespace(text[:_MAX_TEXT_CHARACTERS])
