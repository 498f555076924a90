"""JSON from outside, without the parts of Python's reader that JSON itself does not have."""

import json
import re
from collections.abc import Mapping
from math import isfinite
from typing import Any, NoReturn

from handler.domain.errors import InvalidJson
from handler.domain.text import INVISIBLE

# Upstream JSON is at most six deep. The standard reader recurses, and on Python 3.13 it only
# stops far past what the writer survives.
MAX_DEPTH = 64
# 10,000 models have 800,000; two million empty lists are 64 MB, and 60 million would be 2 GB.
MAX_VALUES = 2_000_000
_MAX_INTEGER_DIGITS = 308  # digits: what a float holds

_SURROGATES = re.compile("[\ud800-\udfff]")
# Line ends of Unicode's own too, which are white space elsewhere.
_UNSEEN = re.compile(f"[{INVISIBLE}\x85\u2028\u2029]")
# What could end a script, or a line of one.
_UNSAFE_IN_SCRIPT = re.compile("[<>&\u2028\u2029]")


def parse_json(data: bytes, what: str) -> Any:
    """Return the value of UTF-8 JSON, with or without a byte order mark.

    What is JSON and yet of no use must not cost its neighbours: lone surrogates become U+FFFD, so
    that every string can be written out again; numbers past a float's range, and what is nested
    past MAX_DEPTH, read as null.
    Raises InvalidJson, naming `what` was read, for what is not JSON, has more than MAX_VALUES, or
    is nested too deep for Python's reader.
    """
    if sum(map(data.count, (b",", b"[", b"{"))) > MAX_VALUES:
        raise InvalidJson(f"{what} is not valid JSON: it has more than {MAX_VALUES:,} values")
    try:
        value = json.loads(
            data.decode("utf-8-sig"),
            parse_float=_finite,
            parse_int=_short_integer,
            parse_constant=_no_constant,
        )
        return _scrub(value, MAX_DEPTH)
    except (ValueError, RecursionError) as error:
        raise InvalidJson(f"{what} is not valid JSON: {str(error) or 'nested too deep'}") from error


def for_script(value: Mapping[str, Any]) -> str:
    """Return compact JSON that cannot end the <script> element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE_IN_SCRIPT.sub(_escape, text)


def for_readers(value: Mapping[str, Any]) -> str:
    """Return indented JSON in which every character can be seen, by an escape if need be."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return _UNSEEN.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def _finite(digits: str) -> float | None:
    number = float(digits)
    return number if isfinite(number) else None


def _short_integer(digits: str) -> int | None:
    return int(digits) if len(digits) <= _MAX_INTEGER_DIGITS else None


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON value")


def _scrub(value: Any, depth: int) -> Any:
    if isinstance(value, str):
        return _without_surrogates(value)
    if depth == 0 and isinstance(value, list | dict):
        return None
    if isinstance(value, list):
        return [_scrub(item, depth - 1) for item in value]
    if isinstance(value, dict):
        return {_without_surrogates(key): _scrub(item, depth - 1) for key, item in value.items()}
    return value


def _without_surrogates(text: str) -> str:
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)
