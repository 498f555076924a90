"""What a filter of the model list consists of, and how its values are parsed from a query.

A parser takes the values of one parameter, stripped and in lower case, and returns those that it
can read. It never fails.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from enum import IntEnum
from typing import Any, Literal, NamedTuple

from handler.domain.search.summary import ModelRow
from handler.domain.text import collapse_whitespace

MAX_TEXT_CHARACTERS = 60
MAX_VALUES = 8
"""The most values that a filter, or a parameter of the API, can have."""

WORD_PATTERN = "[A-Za-z0-9][A-Za-z0-9._-]{0,59}"
_NUMBER = r"([0-9]{1,9}(?:\.[0-9]{1,6})?)([kmKM]?)"
RANGE_PATTERN = rf"\$?(?:{_NUMBER})?(?:(-)\$?(?:{_NUMBER})?)?"
"""A range such as "0-5", "128k-", "-1m" or "5", or nothing."""

_WORD = re.compile(WORD_PATTERN)
_RANGE = re.compile(RANGE_PATTERN)
_SCALES = {"": 1, "k": 1_000, "m": 1_000_000}
_SUFFIXES = ("-in", "-out")


class Range(NamedTuple):
    """From `low` to `high`, both included. None leaves an end open, one of them at most."""

    low: Decimal | None
    high: Decimal | None

    def contains(self, value: Decimal | int | None) -> bool:
        """Return whether a value lies within. One that is not known never does."""
        if value is None:
            return False
        return (self.low or 0) <= value and (self.high is None or value <= self.high)

    def describe(self, format_end: Callable[[Decimal], str]) -> str:
        """Return "up to $5", "from $1" or "$1 to $5"."""
        if self.low is None:
            return f"up to {format_end(self.high or Decimal(0))}"
        low = format_end(self.low)
        return f"from {low}" if self.high is None else f"{low} to {format_end(self.high)}"

    def __str__(self) -> str:
        high = "" if self.high is None else _format_digits(self.high)
        return f"{_format_digits(self.low or Decimal(0))}-{high}"


class DisplayNames(NamedTuple):
    """The names of authors and providers, by the values that stand for them in a query."""

    authors: Mapping[str, str]
    providers: Mapping[str, str]


class Parameter(NamedTuple):
    """A parameter of the query, as the API describes and checks it; `pattern` is for one value."""

    name: str
    description: str
    pattern: str | None = None
    max_length: int | None = None
    is_list: bool = False
    examples: Sequence[str] = ()


class Position(IntEnum):
    """Where the phrase of a filter stands in the words of a view, in this order."""

    BEFORE_NOUN = 0
    AFTER_NOUN = 1
    DETAIL = 2
    AFTER_COMMA = 3


class Control(NamedTuple):
    """The form's control for a filter.

    `hint` is the placeholder, or the first option of a select; `size` is in characters. `options`
    are fixed values with labels; without them the catalog's values are offered: the commonest
    `max_options` if that is set, and those that are chosen.
    """

    kind: Literal["search", "text", "select", "checkboxes"]
    label: str
    hint: str = ""
    size: int = 0
    options: tuple[tuple[str, str], ...] = ()
    max_options: int | None = None
    is_folded: bool = False


class Filter(NamedTuple):
    """One filter. A model must match all of its values, which are words or ranges.

    `phrase` describes all values of a query, `tag` one of them where its words differ. `facet`
    returns the values that a model has, with their labels. `suffix` ends each value in the query,
    so that filters can share a parameter.
    """

    name: str
    parameter: Parameter
    parse: Callable[[Sequence[str]], Iterable[Any]]
    matches: Callable[[ModelRow, Any], bool]
    phrase: Callable[[Sequence[Any], DisplayNames], str]
    control: Control
    position: Position = Position.DETAIL
    tag: Callable[[Any], str] | None = None
    facet: Callable[[ModelRow, DisplayNames], Iterable[tuple[str, str]]] = lambda *_: ()
    suffix: str = ""

    def describe_value(self, value: Any, names: DisplayNames) -> str:
        """Return the words of one value, such as "by Google"."""
        return self.tag(value) if self.tag else self.phrase((value,), names)


def parse_text(values: Sequence[str]) -> list[str]:
    """Return the first value on one line, cut to MAX_TEXT_CHARACTERS."""
    text = collapse_whitespace("".join(values[:1]).encode(errors="ignore").decode())
    return list(filter(None, [text[:MAX_TEXT_CHARACTERS].strip()]))


def parse_word(values: Sequence[str]) -> list[str]:
    """Return the first value that is a word."""
    return list(filter(_WORD.fullmatch, values))[:1]


def parse_suffixed(values: Sequence[str], suffix: str) -> list[str]:
    """Return the words that end in "-in" or "-out", without it; or with "" those in neither."""
    others = tuple(other for other in _SUFFIXES if other != suffix)
    words = (
        w for w in filter(_WORD.fullmatch, values) if w.endswith(suffix) and not w.endswith(others)
    )
    return sorted({word.removesuffix(suffix) for word in words})[:MAX_VALUES]


def parse_range(values: Sequence[str], *, lone_number_is_high: bool) -> list[Range]:
    """Return the range of the first value, if it sets an end.

    A number alone is the end that people mean by it: the highest price, the shortest context. Ends
    in the wrong order are swapped.
    """
    match = _RANGE.fullmatch("".join(values[:1]).replace(",", "").replace(" ", ""))
    if not match:
        return []
    low, low_scale, dash, high, high_scale = match.groups()
    if lone_number_is_high and not dash:
        low, high, high_scale = None, low, low_scale
    found = Range(_parse_amount(low, low_scale) or None, _parse_amount(high, high_scale))
    if found.low and found.high is not None and found.low > found.high:
        return [Range(found.high, found.low)]
    return [found] if any(end is not None for end in found) else []


def _parse_amount(number: str | None, scale: str | None) -> Decimal | None:
    return Decimal(number) * _SCALES[scale or ""] if number else None


def _format_digits(amount: Decimal) -> str:
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
