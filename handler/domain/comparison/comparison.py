"""Comparisons of models, parsed from a query: which models, and for which workload.

Parsing never fails: what it does not understand is part of the result, to be said on the page.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.model_index import IndexEntry
from handler.domain.catalog.model_lookup import ModelNotFound
from handler.domain.comparison.model_match import find_clear_match
from handler.domain.comparison.model_references import MODEL_NAMES, parse_references
from handler.domain.comparison.workload_query import (
    WORKLOAD_NAMES,
    InvalidValue,
    parse_workload,
    workload_params,
)
from handler.domain.pricing.cost import DEFAULT_WORKLOAD, Workload
from handler.domain.text import collapse_whitespace

PARAMETERS = (*MODEL_NAMES, *WORKLOAD_NAMES)
MAX_MODELS = 5

Search = Callable[[str], Sequence[IndexEntry]]

_MAX_PARAMS = 30
_MAX_ID_CHARACTERS = 200


def _find_nothing(_text: str) -> Sequence[IndexEntry]:
    return ()


class UnknownId(NamedTuple):
    """What stands for no model, cut to one short line, and the models with similar ids."""

    id: str
    suggestions: tuple[IndexEntry, ...]


class Match(NamedTuple):
    """A text that is no id, cut to one short line, and the model that it was taken for."""

    text: str
    model: IndexEntry


class Comparison(NamedTuple):
    """The ids of models in the order chosen; `dropped` are those past MAX_MODELS.

    `matches` are the models among them that were found by other text than an id, and `invalid` the
    values of the workload that were not understood.
    """

    ids: tuple[str, ...] = ()
    workload: Workload = DEFAULT_WORKLOAD
    unknown: tuple[UnknownId, ...] = ()
    dropped: tuple[str, ...] = ()
    matches: tuple[Match, ...] = ()
    invalid: tuple[InvalidValue, ...] = ()


class _Resolved(NamedTuple):
    """What references stand for. As many as are shown are searched for, the others are not."""

    ids: list[str]
    unknown: list[UnknownId]
    matches: list[Match]


def comparison_query_string(ids: Iterable[str], workload: Workload) -> str:
    """Return the canonical query string of a comparison, without default numbers."""
    models = [("m", model_id) for model_id in ids]
    return urlencode([*models, *workload_params(workload)], safe="/:~")


def parse_comparison(
    pairs: Iterable[tuple[str, str]], catalog: Catalog, search: Search = _find_nothing
) -> Comparison:
    """Return the comparison of the decoded parameters of a URL.

    `search` finds models by a text that looks like no id, best first.
    """
    values: dict[str, list[str]] = {name: [] for name in PARAMETERS}
    for name, value in list(pairs)[:_MAX_PARAMS]:
        if name in values:
            values[name].append(value.strip())
    named = [value for name in MODEL_NAMES for value in values[name]]
    ids, unknown, matches = _resolve(dict.fromkeys(parse_references(named)), catalog, search)
    workload, invalid = parse_workload(values)
    return Comparison(
        ids=tuple(ids[:MAX_MODELS]),
        workload=workload,
        unknown=tuple(unknown),
        dropped=tuple(ids[MAX_MODELS:]),
        matches=tuple(match for match in matches if match.model.id in ids[:MAX_MODELS]),
        invalid=invalid,
    )


def _resolve(references: Iterable[str], catalog: Catalog, search: Search) -> _Resolved:
    resolved = _Resolved([], [], [])
    for reference in references:
        try:
            _add(resolved.ids, catalog.resolve("-".join(reference.split())))
        except ModelNotFound as error:
            if len(resolved.unknown) + len(resolved.matches) < MAX_MODELS:
                _add_unknown(resolved, reference, search, error)
    return resolved


def _add_unknown(resolved: _Resolved, reference: str, search: Search, error: ModelNotFound) -> None:
    """Add what a reference means that is no id: one model, or several to choose from."""
    text = collapse_whitespace(reference.encode(errors="ignore").decode())[:_MAX_ID_CHARACTERS]
    found = tuple(() if "/" in text else search(text)) or error.suggestions
    match = find_clear_match(text, found)
    if match:
        resolved.matches.append(Match(text, match))
        _add(resolved.ids, match.id)
    else:
        resolved.unknown.append(UnknownId(text, found))


def _add(ids: list[str], model_id: str) -> None:
    if model_id not in ids:
        ids.append(model_id)
