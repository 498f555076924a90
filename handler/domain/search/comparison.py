"""Comparisons of models, parsed from a query: which models, and for which workload.

Parsing never fails: an unreadable value changes nothing, an unknown model is reported as such.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.model_index import IndexEntry
from handler.domain.catalog.model_lookup import ModelNotFound
from handler.domain.pricing.cost import DEFAULT_WORKLOAD, MAX_REQUESTS, MAX_TOKENS, Workload
from handler.domain.text import collapse_whitespace

PARAMETERS = ("m", "in", "out", "requests")
MAX_MODELS = 5

_MAX_PARAMS = 30
_MAX_ID_CHARACTERS = 200
_COUNT = re.compile(r"\d{1,12}", re.ASCII)


class UnknownId(NamedTuple):
    """An id that no model has, cut to one short line, and the models with similar ids."""

    id: str
    suggestions: tuple[IndexEntry, ...]


class Comparison(NamedTuple):
    """The ids of models in alphabetical order; `dropped` are those past MAX_MODELS."""

    ids: tuple[str, ...] = ()
    workload: Workload = DEFAULT_WORKLOAD
    unknown: tuple[UnknownId, ...] = ()
    dropped: tuple[str, ...] = ()


def comparison_query_string(ids: Iterable[str], workload: Workload) -> str:
    """Return the canonical query string of a comparison, without default numbers."""
    counts = zip(PARAMETERS[1:], workload, DEFAULT_WORKLOAD, strict=False)
    changed = [(name, str(count)) for name, count, default in counts if count != default]
    return urlencode([*(("m", model_id) for model_id in sorted(ids)), *changed], safe="/:~")


def parse_comparison(pairs: Iterable[tuple[str, str]], catalog: Catalog) -> Comparison:
    """Return the comparison of the decoded parameters of a URL."""
    values: dict[str, list[str]] = {name: [] for name in PARAMETERS}
    for name, value in list(pairs)[:_MAX_PARAMS]:
        if name in values and value.strip():
            values[name].append(value.strip())
    ids, unknown = _resolve(values["m"], catalog)
    return Comparison(
        ids=tuple(sorted(ids[:MAX_MODELS])),
        workload=Workload(
            _parse_count(values["in"], MAX_TOKENS, DEFAULT_WORKLOAD.tokens_in),
            _parse_count(values["out"], MAX_TOKENS, DEFAULT_WORKLOAD.tokens_out),
            _parse_count(values["requests"], MAX_REQUESTS, DEFAULT_WORKLOAD.requests) or 1,
        ),
        unknown=tuple(unknown[:MAX_MODELS]),
        dropped=tuple(ids[MAX_MODELS:]),
    )


def _resolve(values: Iterable[str], catalog: Catalog) -> tuple[list[str], list[UnknownId]]:
    """Return the ids of the models that the values stand for, and the unknown ids, each once."""
    known: dict[str, None] = {}
    unknown: dict[str, UnknownId] = {}
    for value in values:
        try:
            known[catalog.resolve(value.lstrip("/"))] = None
        except ModelNotFound as error:
            text = collapse_whitespace(value.encode(errors="ignore").decode())
            shortened = text[:_MAX_ID_CHARACTERS]
            unknown[shortened] = UnknownId(shortened, error.suggestions)
    return list(known), list(unknown.values())


def _parse_count(values: Sequence[str], maximum: int, default: int) -> int:
    counts = (int(value) for value in values if _COUNT.fullmatch(value))
    return next((count for count in counts if count <= maximum), default)
