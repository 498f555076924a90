"""What a filter of the model list consists of, and how its values are parsed from a query.

A parser takes the texts of one parameter, each on one line and some of them empty. It returns the
values that it can read, and the texts that it cannot. It never fails.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import IntEnum
from typing import Any, Literal, NamedTuple

from handler.domain.search.ranges import (
    UNLIMITED,
    Bound,
    Quantity,
    Range,
    order,
    parse_range,
    read_ends,
)
from handler.domain.search.summary import ModelRow

MAX_TEXT_CHARACTERS = 60
MAX_VALUES = 8
"""The most values that a filter, or a parameter of the API, can have."""

WORD_PATTERN = "[A-Za-z0-9][A-Za-z0-9._-]{0,59}"
_WORD = re.compile(WORD_PATTERN)
_SUFFIXES = ("-in", "-out")


class Parsed(NamedTuple):
    """The values that were read from the texts of a parameter, and the texts that were not."""

    values: list[Any]
    unread: list[str]


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
    parse: Callable[[Sequence[str]], Parsed]
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


def is_word(text: str) -> bool:
    """Return whether a query can have the text as the value of a filter."""
    return _WORD.fullmatch(text) is not None


def parse_text(texts: Sequence[str]) -> Parsed:
    """Return the first text, if it has at most MAX_TEXT_CHARACTERS."""
    given = [text for text in texts if text]
    fits = [text.lower() for text in given[:1] if len(text.lower()) <= MAX_TEXT_CHARACTERS]
    return Parsed(fits, given[len(fits) :])


def parse_word(texts: Sequence[str]) -> Parsed:
    """Return the first text, if it is a word."""
    given = [text for text in texts if text]
    words = [text.lower() for text in given[:1] if _WORD.fullmatch(text)]
    return Parsed(words, given[len(words) :])


def parse_choices(texts: Sequence[str], choices: Iterable[str]) -> Parsed:
    """Return the texts that are among the choices, in their order."""
    lowered = {text.lower(): text for text in texts if text}
    found = [choice for choice in choices if choice in lowered]
    return Parsed(found, [text for low, text in lowered.items() if low not in found])


def parse_suffixed(texts: Sequence[str], suffix: str) -> Parsed:
    """Return the words that end in "-in" or "-out", without it; or with "" those in neither."""
    others = tuple(other for other in _SUFFIXES if other != suffix)
    given = [text for text in texts if text]
    words = {text.lower() for text in given if _WORD.fullmatch(text)}
    named = (word for word in words if word.endswith(suffix) and not word.endswith(others))
    own = sorted({word.removesuffix(suffix) for word in named})
    unread = [text for text in given if text.lower() not in words]
    return Parsed(own[:MAX_VALUES], unread + [word + suffix for word in own[MAX_VALUES:]])


def parse_ranges(texts: Sequence[str], quantity: Quantity) -> Parsed:
    """Return the range of one text, or of a minimum and a maximum, either of them empty.

    An end that is set already is not read again, so a third text counts only if one of the two
    before it was not understood.
    """
    given = ["" if parse_range(text.lower(), quantity) == UNLIMITED else text for text in texts]
    given = given if len(given) <= 2 else list(filter(None, given))
    found, unread = UNLIMITED, []
    for position, text in enumerate(given):
        lone = None if len(given) == 1 else Bound.HIGH if position else Bound.LOW
        read = read_ends(text.lower(), quantity, lone) if text else UNLIMITED
        joined = read and _join(found, read)
        found = joined or found
        unread += [] if joined else [text]
    return Parsed([order(found)] if found != UNLIMITED else [], unread)


def _join(one: Range, other: Range) -> Range | None:
    """Return the ends of both; None where both set the same one. Zero alone sets none."""
    if any(a is not None and b is not None for a, b in zip(one, other, strict=True)):
        return None
    low, high = (b if a is None else a for a, b in zip(one, other, strict=True))
    return Range(low if low or high is not None else None, high)
