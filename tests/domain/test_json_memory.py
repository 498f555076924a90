"""Estimates of memory, against what Python takes."""

import gc
import json
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest

from handler.domain.json_memory import decoded_bytes, estimate_memory


def _nested(depth: int, key: str) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = {key: value}
    return value


# Functions, because the values are large.
SHAPES: dict[str, Callable[[], Any]] = {
    "nested objects": lambda: [_nested(50, f"k{n}") for n in range(400)],
    "nested lists": lambda: [json.loads("[" * 50 + "]" * 50) for _ in range(400)],
    "empty objects": lambda: [{}] * 20_000,
    "empty lists": lambda: [[]] * 20_000,
    "pairs": lambda: {f"key{n}": f"value{n}" for n in range(20_000)},
    "objects of one field": lambda: [{f"k{n}": "v"} for n in range(20_000)],
    "objects of six fields": lambda: [{f"k{n}{f}": "v" for f in range(6)} for n in range(3_000)],
    "numbers": lambda: [n / 7 for n in range(20_000)],
    "short texts": lambda: [f"{n:x}" for n in range(20_000)],
    "short wide texts": lambda: [f"{n}\U0001f600" for n in range(20_000)],
    "texts with one emoji each": lambda: ["x" * 1_000 + "\U0001f600"] * 1_000,
    "texts with one dash each": lambda: ["x" * 1_000 + "\u2014"] * 1_000,
}


@pytest.mark.parametrize("make", SHAPES.values(), ids=SHAPES)
def test_no_values_take_more_than_the_estimate(make: Callable[[], Any]) -> None:
    text = json.dumps(make(), ensure_ascii=False, separators=(",", ":")).encode()
    gc.collect()
    tracemalloc.start()
    value = json.loads(text)
    taken = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()

    assert value
    assert taken < estimate_memory(text) * 1.02


@pytest.mark.parametrize(
    ("text", "expected"), [("abcd", 4), ("ab\u00e9", 4), ("ab\u2014", 10), ("ab\U0001f600", 24)]
)
def test_text_is_as_wide_as_its_widest_character(text: str, expected: int) -> None:
    assert decoded_bytes(text.encode()) == expected
