"""The table of what typical work costs with a model."""

from typing import NamedTuple

from handler.domain.catalog.model import Model
from handler.domain.pricing.cost import TYPICAL, Work, cost_of, is_billed_by_token
from handler.domain.pricing.format import usd
from handler.domain.pricing.types import Kind

CALCULATED = TYPICAL[-1]
"""The work that a calculator starts with."""

# Why there is nothing to reckon.
_REASONS = {
    Kind.FREE: "Nothing, while OpenRouter lists it as free.",
    Kind.VARIABLE: "That depends on which model answers each request.",
    Kind.ELSEWHERE: "OpenRouter’s list does not say: its prices are not published there.",
    Kind.UNPUBLISHED: "Its prices are not published.",
    Kind.PRICED: "It is billed by more than tokens of text, so their number alone does not tell.",
}


class WorkRow(NamedTuple):
    """One kind of work, how much it is, and its cost; None where it does not fit the context."""

    name: str
    amount: str
    cost: str | None


def work_rows(model: Model) -> list[WorkRow]:
    """Return a row for each kind of typical work, none for a model that is not billed by token."""
    if not is_billed_by_token(model):
        return []
    return [WorkRow(work.name, _amount(work), _cost(model, work)) for work in TYPICAL]


def why_not_reckoned(model: Model) -> str:
    """Return why a model has no such rows, in a sentence."""
    return _REASONS[model.pricing.kind]


def _amount(work: Work) -> str:
    words = f"{work.tokens_in:,} tokens in, {work.tokens_out:,} out"
    return words if work.requests == 1 else f"{work.requests} requests of {words} each"


def _cost(model: Model, work: Work) -> str | None:
    cost = cost_of(model, work)
    if cost is None:
        return None
    words = usd(cost.lowest)
    return words if cost.lowest == cost.highest else f"{words} to {usd(cost.highest)}, by the hour"
