"""Which models somebody wants to see side by side, and for how much work."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.model_lookup import IndexEntry, ModelNotFound
from handler.domain.pricing.cost import DEFAULT_WORKLOAD, Workload
from handler.domain.text import collapse_whitespace

PARAMETERS = ("m", "in", "out")
MAX_MODELS = 5

_MAX_PARAMS = 30
_MAX_ID_CHARACTERS = 200
_TOKENS = re.compile(r"\d{1,12}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Models by id, in the order of their ids, and what could not be compared.

    `unknown` are addresses that mean no model, with what comes near; `left_out` are models past
    MAX_MODELS.
    """

    ids: tuple[str, ...] = ()
    workload: Workload = DEFAULT_WORKLOAD
    unknown: tuple[tuple[str, tuple[IndexEntry, ...]], ...] = ()
    dropped: tuple[str, ...] = ()

    def to_query_string(self) -> str:
        """Return the canonical query, without what says nothing."""
        return comparison_query_string(self.ids, self.workload)


def comparison_query_string(ids: Iterable[str], workload: Workload) -> str:
    """Return the canonical query of a comparison."""
    work = [
        ("in", workload.tokens_in, DEFAULT_WORKLOAD.tokens_in),
        ("out", workload.tokens_out, DEFAULT_WORKLOAD.tokens_out),
    ]
    amounts = [(name, str(count)) for name, count, common in work if count != common]
    return urlencode([*(("m", i) for i in sorted(ids)), *amounts], safe="/:~")


def parse_comparison(pairs: Iterable[tuple[str, str]], catalog: Catalog) -> Comparison:
    """Return what the pairs of a query ask for; what cannot be read changes nothing."""
    wanted: dict[str, list[str]] = {name: [] for name in PARAMETERS}
    for name, value in list(pairs)[:_MAX_PARAMS]:
        if name in wanted and value.strip():
            wanted[name].append(value.strip())
    known: dict[str, None] = {}
    unknown: dict[str, tuple[IndexEntry, ...]] = {}
    for address in wanted["m"]:
        meant = catalog.resolve(address.lstrip("/"))
        if isinstance(meant, ModelNotFound):
            unknown[_shown(address)] = meant.suggestions
        else:
            known[meant.id] = None
    ids = list(known)
    return Comparison(
        ids=tuple(sorted(ids[:MAX_MODELS])),
        workload=_workload(wanted["in"], wanted["out"]),
        unknown=tuple(unknown.items())[:MAX_MODELS],
        dropped=tuple(ids[MAX_MODELS:]),
    )


def _workload(tokens_in: Sequence[str], tokens_out: Sequence[str]) -> Workload:
    return Workload(
        _tokens(tokens_in, DEFAULT_WORKLOAD.tokens_in),
        _tokens(tokens_out, DEFAULT_WORKLOAD.tokens_out),
    )


def _tokens(values: Sequence[str], otherwise: int) -> int:
    return next((int(v) for v in values if _TOKENS.fullmatch(v)), otherwise)


def _shown(address: str) -> str:
    return collapse_whitespace(address.encode(errors="ignore").decode())[:_MAX_ID_CHARACTERS]
