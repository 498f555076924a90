"""A JSON reader for untrusted input: stricter than Python's, and lenient where values overflow."""

import json
import re
from math import isfinite
from typing import Any, NoReturn

from handler.domain.errors import InvalidJson

# Upstream JSON is at most six levels deep. Python's reader recurses, and on Python 3.13 it stops
# only far past the depth that the writer survives.
MAX_DEPTH = 64
# 10,000 models have 800,000; a million objects are 180 MB, and 60 million would be 11 GB.
MAX_VALUES = 1_000_000
_MAX_INTEGER_DIGITS = 308  # those of the largest float

_SURROGATES = re.compile("[\ud800-\udfff]")


def parse_json(data: bytes, name: str) -> Any:
    """Return the value of UTF-8 JSON, with or without a byte order mark.

    Valid JSON that the service cannot use does not make the rest unusable: lone surrogates become
    U+FFFD, so that every string can be written again; numbers past a float's range, and values
    deeper than MAX_DEPTH, become null.
    Raises InvalidJson, which calls the data by its name, if it is not JSON, has more than
    MAX_VALUES, or is too deep for Python's reader.
    """
    if sum(map(data.count, (b",", b"[", b"{"))) > MAX_VALUES:
        raise InvalidJson(f"{name} is not valid JSON: it has more than {MAX_VALUES:,} values")
    try:
        value = json.loads(
            data.decode("utf-8-sig"),
            parse_float=_finite_float,
            parse_int=_bounded_int,
            parse_constant=_reject_constant,
        )
        return _scrub(value, MAX_DEPTH)
    except (ValueError, RecursionError) as error:
        raise InvalidJson(f"{name} is not valid JSON: {str(error) or 'nested too deep'}") from error


def _finite_float(digits: str) -> float | None:
    number = float(digits)
    return number if isfinite(number) else None


def _bounded_int(digits: str) -> int | None:
    return int(digits) if len(digits) <= _MAX_INTEGER_DIGITS else None


def _reject_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON value")


def _scrub(value: Any, depth: int) -> Any:
    """Return the value, lists and objects changed in place: a copy would double the memory."""
    if isinstance(value, str):
        return _replace_surrogates(value)
    if depth == 0 and isinstance(value, list | dict):
        return None
    if isinstance(value, list):
        value[:] = (_scrub(item, depth - 1) for item in value)
    if isinstance(value, dict):
        items = [(_replace_surrogates(key), _scrub(value[key], depth - 1)) for key in value]
        value.clear()
        value.update(items)
    return value


def _replace_surrogates(text: str) -> str:
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)
