"""Bytes that are nearly right: JSON with one thing in it that nobody expects."""

import json
import random
from collections.abc import Callable
from typing import Any

from tests.support.hostile.text import HOSTILE_TEXT

Mutate = Callable[[bytes, int], bytes]

ODD: list[Any] = [
    None,
    True,
    False,
    0,
    -1,
    1,
    2**31,
    2**63,
    10**400,
    0.1,
    1e308,
    -0.0,
    "",
    "0",
    "-1",
    "1e99999",
    "NaN",
    "Infinity",
    "9" * 70,
    " 1 ",
    "٣",
    [],
    {},
    [[]],
    [{}],
    {"": ""},
    [None],
    "text->text",
    "9999-12-31",
    "0001-01-01",
    "2026-02-30",
    "2026-08-22T18:35:00",
    "2026-08-22T18:35:00+00:00",
    "a/b",
    "~a/b",
    "a/b:free",
    "api/x",
    "/",
    "//evil.example",
    "http://[",
    "https://h:99999999/",
    [[[[[[]]]]]],
    *HOSTILE_TEXT.values(),
]


def mutated(data: bytes, largest: int, seed: int, mutate: Mutate) -> bytes:
    """Return the data with one change: of its bytes, or of a value in one of its lines."""
    chance = random.Random(seed)
    lines = data.split(b"\n")
    place = chance.randrange(len(lines))
    try:
        value = json.loads(lines[place])
    except (ValueError, RecursionError):
        return mutate(data, largest)
    if chance.random() < 0.3:
        return mutate(data, largest)
    lines[place] = json.dumps(_changed(value, chance)).encode()
    return b"\n".join(lines)[:largest]


def _changed(value: Any, chance: random.Random) -> Any:
    """Return the value with an odd one somewhere in it, or without something, or with it twice."""
    if not isinstance(value, dict | list) or not value or chance.random() < 0.15:
        return chance.choice(ODD)
    if isinstance(value, list):
        place = chance.randrange(len(value))
        return value[:place] + _instead(value[place], chance) + value[place + 1 :]
    name = chance.choice(list(value))
    rest = {key: item for key, item in value.items() if key != name}
    instead = _instead(value[name], chance)
    return rest | {name: instead[0]} if instead else rest


def _instead(item: Any, chance: random.Random) -> list[Any]:
    fate = chance.random()
    if fate < 0.1:
        return []
    return [item, item] if fate < 0.2 else [_changed(item, chance)]
