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

_SURROGATES = re.compile("[\ud800-\udfff]")
# Line ends of Unicode's own too, which are white space elsewhere.
_UNSEEN = re.compile(f"[{INVISIBLE}\x85\u2028\u2029]")
_SCRIPT_ESCAPES = str.maketrans(
    {
        "<": "\\u003c",
        ">": "\\u003e",
        "&": "\\u0026",
        "\u2028": "\\u2028",
        "\u2029": "\\u2029",
    }
)


def decode(data: bytes, what: str) -> Any:
    """Return the value of UTF-8 JSON, with or without a byte order mark.

    Lone surrogates become U+FFFD, so that every string can be written out again.
    Raises InvalidJson, naming `what` was read, for everything else that is not JSON: NaN,
    numbers past a float's range, nesting past MAX_DEPTH.
    """
    try:
        value = json.loads(
            data.decode("utf-8-sig"), parse_float=_finite, parse_constant=_no_constant
        )
        return _scrubbed(value, MAX_DEPTH)
    except (ValueError, RecursionError) as error:
        raise InvalidJson(f"{what} is not valid JSON: {str(error) or 'nested too deep'}") from error


def for_script(value: Mapping[str, Any]) -> str:
    """Return compact JSON that cannot end the <script> element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.translate(_SCRIPT_ESCAPES)


def for_readers(value: Mapping[str, Any]) -> str:
    """Return indented JSON in which every character can be seen, by an escape if need be."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return _UNSEEN.sub(lambda unseen: f"\\u{ord(unseen[0]):04x}", text)


def _finite(digits: str) -> float:
    number = float(digits)
    if not isfinite(number):
        raise ValueError(f"the number {digits[:40]} is out of range")
    return number


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON value")


def _scrubbed(value: Any, depth: int) -> Any:
    if depth == 0:
        raise ValueError("nested too deep")
    if isinstance(value, str):
        return _without_surrogates(value)
    if isinstance(value, list):
        return [_scrubbed(item, depth - 1) for item in value]
    if isinstance(value, dict):
        return {_without_surrogates(key): _scrubbed(item, depth - 1) for key, item in value.items()}
    return value


def _without_surrogates(text: str) -> str:
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)
