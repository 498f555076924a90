"""The explorer's fields for the minimum and maximum of a price and of the context."""

from decimal import Decimal
from typing import NamedTuple

from handler.domain.search.query import ModelQuery
from handler.domain.search.ranges import UNLIMITED, Range
from handler.domain.search.unread import explain


class RangeField(NamedTuple):
    """One end of a range: `value` is as typed where it was not understood, which `problem` says."""

    name: str
    id: str
    label: str
    hint: str
    value: str
    problem: str


# The parameter, the labels of its minimum and maximum, their examples, and the end that a lone
# number sets.
_RANGES = (
    ("price", ("Min input price ($/1M)", "Max input price ($/1M)"), ("0.10", "1"), 1),
    ("context", ("Min context (tokens)", "Max context (tokens)"), ("200K", "1M"), 0),
)
_ENDS = ("min", "max")


def range_fields(query: ModelQuery) -> list[RangeField]:
    """Return the minimum and the maximum of each range, in pairs."""
    return [
        RangeField(name, f"{end}-{name}", label, hint, *typed)
        for name, labels, hints, lone in _RANGES
        for end, label, hint, typed in zip(
            _ENDS, labels, hints, _typed(query, name, lone), strict=True
        )
    ]


def _typed(query: ModelQuery, name: str, lone: int) -> list[tuple[str, str]]:
    """Return what both fields have: a value with its problem, both empty where there is none."""
    found: Range = next(iter(query.values(name)), UNLIMITED)
    ends = [(_format_end(end), "") for end in found]
    unread = [each for each in query.unread if each.parameter == name][:2]
    places = (0, 1) if len(unread) == 2 else (lone, 1 - lone)
    for each in unread:
        index = next((i for i in places if ends[i] == ("", "")), None)
        if index is not None:
            ends[index] = (each.text, explain(each))
    return ends


def _format_end(end: Decimal | None) -> str:
    text = "" if end is None else f"{end:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
