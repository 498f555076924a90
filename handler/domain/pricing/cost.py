"""What requests cost with a model, estimated from its listed prices."""

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from handler.domain.catalog.model import Model
from handler.domain.pricing.headline import headline_prices
from handler.domain.pricing.types import PriceSchedule, PriceUnit, PricingKind
from handler.domain.pricing.week import amounts_at, week_spans

MAX_TOKENS = 999_999_999_999
MAX_REQUESTS = 999_999_999
_TOKEN_DIMENSIONS = frozenset({"prompt", "completion"})
# Models that make anything else turn tokens of text into it, or of another medium.
_TOKEN_OUTPUTS = frozenset({"text", "embeddings"})
_ZERO = Decimal(0)


class Workload(NamedTuple):
    """Requests of one size. All but `requests` are of each request, `tokens_cached` of the input.

    Cached tokens are read from a cache, not written to it.
    """

    tokens_in: int = 10_000
    tokens_out: int = 1_000
    requests: int = 1
    tokens_cached: int = 0
    searches: int = 0


DEFAULT_WORKLOAD = Workload()
"""The workload of a comparison that names none: short enough for the context of most models."""


class CostRange(NamedTuple):
    """US dollars: `highest` exceeds `lowest` where the price depends on the hour."""

    lowest: Decimal
    highest: Decimal


class NoCost(Enum):
    """The reason why a workload has no cost."""

    VARIABLE = "varies"
    TOO_LONG = "exceeds context window"
    NOT_PUBLISHED = "not published"
    OTHER_UNITS = "not billed by tokens alone"


def estimate_cost(
    model: Model, workload: Workload, minute: int | None = None
) -> CostRange | NoCost:
    """Return the cost of a workload at a minute of the week, or over all of them.

    Conditions apply to each request by itself, as OpenRouter documents them. A model that makes no
    text is asked for none: `tokens_out` does not count.
    """
    makes_text = "text" in (model.output_modalities or ("text",))
    own = workload if makes_text else workload._replace(tokens_out=0)
    if model.pricing.kind is PricingKind.FREE:
        return CostRange(_ZERO, _ZERO)
    if reason := _no_cost(model, own):
        return reason
    schedule = model.pricing.schedule
    minutes = [span.start for span in week_spans(schedule)] if minute is None else [minute]
    costs = [_request_cost(schedule, own, each) for each in minutes]
    known = [own.requests * cost for cost in costs if isinstance(cost, Decimal)]
    if len(known) == len(costs):
        return CostRange(min(known), max(known))
    return next(cost for cost in costs if isinstance(cost, NoCost))


def is_token_billed(model: Model) -> bool:
    """Return whether tokens in and out, and requests, are all that is billed for the output."""
    pricing = model.pricing
    if pricing.kind is not PricingKind.PRICED:
        return pricing.kind is PricingKind.FREE
    prices = headline_prices(pricing, model.output_modalities)
    if model.output_modalities and not _TOKEN_OUTPUTS.intersection(model.output_modalities):
        return False
    return all(
        price.unit is PriceUnit.REQUEST
        or (price.unit is PriceUnit.TOKEN and price.dimension in _TOKEN_DIMENSIONS)
        for price in prices
    )


def _no_cost(model: Model, workload: Workload) -> NoCost | None:
    """Return the reason why a model has no cost at any hour."""
    kinds = {
        PricingKind.VARIABLE: NoCost.VARIABLE,
        PricingKind.SET_BY_PROVIDER: NoCost.NOT_PUBLISHED,
        PricingKind.UNPUBLISHED: NoCost.NOT_PUBLISHED,
    }
    if model.pricing.kind in kinds:
        return kinds[model.pricing.kind]
    if not is_token_billed(model):
        return NoCost.OTHER_UNITS
    size = workload.tokens_in + workload.tokens_out
    return NoCost.TOO_LONG if model.context_length and size > model.context_length else None


def _request_cost(schedule: PriceSchedule, workload: Workload, minute: int) -> Decimal | NoCost:
    """Return US dollars for one request, or why it has no cost at this minute."""
    amounts = amounts_at(schedule, workload.tokens_in, minute)
    parts = [(count, amount) for count, amount in _billed(amounts, workload) if count]
    if any(amount is None for _, amount in parts):
        return NoCost.NOT_PUBLISHED
    if any(amount is not None and amount < 0 for _, amount in parts):
        return NoCost.VARIABLE
    return sum((count * (amount or _ZERO) for count, amount in parts), _ZERO)


def _billed(amounts: Mapping[str, Decimal], workload: Workload) -> list[tuple[int, Decimal | None]]:
    """Return how many units a request uses, each with its amount.

    A listed zero for reading from a cache is no price: cached tokens cost as much as others then.
    """
    prompt = amounts.get("prompt")
    return [
        (workload.tokens_in - workload.tokens_cached, prompt),
        (workload.tokens_cached, amounts.get("input_cache_read") or prompt),
        (workload.tokens_out, amounts.get("completion")),
        (workload.searches, amounts.get("web_search", _ZERO)),
        (1, amounts.get("request", _ZERO)),
    ]
