"""Which models somebody wants to see side by side, and for how much work."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.model_lookup import Entry, Unknown
from handler.domain.pricing.workload import USUAL, Workload
from handler.domain.text import one_line

NAMES = ("m", "in", "out")
MOST_MODELS = 5

_MOST_PAIRS = 30
_LONGEST_ADDRESS = 200
_TOKENS = re.compile(r"\d{1,12}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Models by id, in the order of their ids, and what could not be compared.

    `unknown` are addresses that mean no model, with what comes near; `left_out` are models past
    MOST_MODELS.
    """

    ids: tuple[str, ...] = ()
    workload: Workload = USUAL
    unknown: tuple[tuple[str, tuple[Entry, ...]], ...] = ()
    left_out: tuple[str, ...] = ()

    def encoded(self) -> str:
        """Return the canonical query, without what says nothing."""
        return query_with(self.ids, self.workload)


def query_with(ids: Iterable[str], workload: Workload) -> str:
    """Return the canonical query of a comparison."""
    work = [
        ("in", workload.tokens_in, USUAL.tokens_in),
        ("out", workload.tokens_out, USUAL.tokens_out),
    ]
    amounts = [(name, str(count)) for name, count, common in work if count != common]
    return urlencode([*(("m", i) for i in sorted(ids)), *amounts], safe="/:~")


def comparison_of(pairs: Iterable[tuple[str, str]], catalog: Catalog) -> Comparison:
    """Return what the pairs of a query ask for; what cannot be read changes nothing."""
    wanted: dict[str, list[str]] = {name: [] for name in NAMES}
    for name, value in list(pairs)[:_MOST_PAIRS]:
        if name in wanted and value.strip():
            wanted[name].append(value.strip())
    known: dict[str, None] = {}
    unknown: dict[str, tuple[Entry, ...]] = {}
    for address in wanted["m"]:
        meant = catalog.resolve(address.lstrip("/"))
        if isinstance(meant, Unknown):
            unknown[_shown(address)] = meant.candidates
        else:
            known[meant.id] = None
    ids = list(known)
    return Comparison(
        ids=tuple(sorted(ids[:MOST_MODELS])),
        workload=_workload(wanted["in"], wanted["out"]),
        unknown=tuple(unknown.items())[:MOST_MODELS],
        left_out=tuple(ids[MOST_MODELS:]),
    )


def _workload(tokens_in: Sequence[str], tokens_out: Sequence[str]) -> Workload:
    return Workload(_tokens(tokens_in, USUAL.tokens_in), _tokens(tokens_out, USUAL.tokens_out))


def _tokens(values: Sequence[str], otherwise: int) -> int:
    return next((int(v) for v in values if _TOKENS.fullmatch(v)), otherwise)


def _shown(address: str) -> str:
    return one_line(address.encode(errors="ignore").decode())[:_LONGEST_ADDRESS]
