"""The workload in the query of a comparison, as people type it."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from handler.domain.pricing.cost import DEFAULT_WORKLOAD, MAX_REQUESTS, MAX_TOKENS, Workload
from handler.domain.pricing.quantities import parse_count, parse_percent
from handler.domain.text import collapse_whitespace

ANY_REQUESTS = "any"
"""The value of `requests` where tokens are totals of any number of requests. Blank is the same."""

_MAX_CHARACTERS = 40
_parse_tokens = partial(parse_count, maximum=MAX_TOKENS)


class _Field(NamedTuple):
    """A query parameter with the field of a Workload that it sets."""

    name: str
    field: str
    parse: Callable[[str], int | None]


class InvalidValue(NamedTuple):
    """A parameter's value that was not understood, cut to one short line."""

    name: str
    text: str


def _parse_requests(text: str) -> int | None:
    return parse_count(text, MAX_REQUESTS) or None


_FIELDS = (
    _Field("in", "tokens_in", _parse_tokens),
    _Field("out", "tokens_out", _parse_tokens),
    _Field("cached", "cached_percent", parse_percent),
    _Field("requests", "requests", _parse_requests),
)
WORKLOAD_NAMES = tuple(each.name for each in _FIELDS)


def parse_workload(
    values: Mapping[str, Sequence[str]],
) -> tuple[Workload, tuple[InvalidValue, ...]]:
    """Return the workload of a query, and what of it was not understood.

    The first value of each parameter counts. Values not understood and absent ones are the default.
    """
    workload, invalid = DEFAULT_WORKLOAD, []
    for name, field, parse in _FIELDS:
        text = next(filter(None, values[name]), "")
        is_blank = bool(values[name]) and not text
        if name == "requests" and (is_blank or text.lower() == ANY_REQUESTS):
            workload = workload._replace(requests=None)
        elif text and (number := parse(text)) is not None:
            workload = workload._replace(**{field: number})
        elif text:
            invalid.append(InvalidValue(name, _shorten(text)))
    return workload, tuple(invalid)


def workload_params(workload: Workload) -> list[tuple[str, str]]:
    """Return the query parameters of a workload, without default numbers."""
    changed = ((each.name, getattr(workload, each.field)) for each in _FIELDS)
    defaults = (getattr(DEFAULT_WORKLOAD, each.field) for each in _FIELDS)
    return [
        (name, ANY_REQUESTS if value is None else str(value))
        for (name, value), default in zip(changed, defaults, strict=True)
        if value != default
    ]


def _shorten(text: str) -> str:
    return collapse_whitespace(text.encode(errors="ignore").decode())[:_MAX_CHARACTERS]
