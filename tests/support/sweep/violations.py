"""Wrong statements on prices: in a text that shows them, and in the numbers of an answer."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from tests.support.sweep.listed_prices import (
    NEGATIVE,
    ZERO,
    bills_something,
    claims_free,
    is_price_unknown,
    lists_a_zero,
    makes_text,
)

Record = Mapping[str, Any]

_UPSTREAM = (
    *("openrouter_raw", "pricing", "top_provider", "per_request_limits", "default_parameters"),
    "description",
)


class Violation(NamedTuple):
    """A kind of wrong statement, the path and part that make it, and the words."""

    kind: str
    where: str
    words: str


def wrong_prices(raw: Record, where: str, text: str) -> Iterator[Violation]:
    """Yield what a text about a model says that its raw record does not; its history may differ."""
    yield from negative_amounts(where, text)
    if bills_something(raw) and claims_free(text):
        yield Violation("free beside a price", where, text[:80])
    for line in text.partition("\nHistory\n")[0].partition("\n## History")[0].splitlines():
        if not ZERO.search(line):
            continue
        is_output = re.search(r"Listed at \$0:(?:[^.]*,)? output\b", line)
        if not lists_a_zero(raw) or (is_output and not makes_text(raw)):
            yield Violation("$0 for unknown", where, line[:120])


def negative_amounts(where: str, text: str) -> Iterator[Violation]:
    """Yield the first amount of dollars below zero."""
    if found := NEGATIVE.search(text):
        yield Violation("negative amount", where, text[max(found.start() - 40, 0) :][:80])


def wrong_numbers(raw: Record, where: str, record: Record) -> Iterator[Violation]:
    """Yield the numbers of an answer that are below zero, or zero for an unknown price."""
    own = {name: value for name, value in record.items() if name not in _UPSTREAM}
    amounts = [amount for amount in record["PPM"].values() if amount is not None]
    for place in negative_values(own):
        yield Violation("negative amount", where, f"{raw['id']} {place}")
    if is_price_unknown(raw) and 0 in amounts:
        yield Violation("$0 for unknown", where, f"{raw['id']} {record['PPM']}")


def negative_values(value: Any, path: str = "") -> Iterator[str]:
    """Yield the places of a JSON value that have a number below zero, or an amount of dollars."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from negative_values(each, f"{path}.{name}")
    elif isinstance(value, list):
        for each in value:
            yield from negative_values(each, f"{path}[]")
    elif isinstance(value, str):
        if NEGATIVE.search(value) or re.fullmatch(r"-\d[\d.]*", value):
            yield f"{path}: {value[:80]}"
    elif isinstance(value, int | float) and value < 0:
        yield f"{path}: {value}"
