"""What requests cost with a model, estimated from its listed prices."""

from collections.abc import Mapping, Sequence
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
    """Requests of one size, or totals of many small requests where `requests` is None.

    Tokens and searches are of each request. `cached_percent` is the share of the input, 0 to 100,
    that is read from a cache; writing to it is not counted.
    """

    tokens_in: int = 10_000
    tokens_out: int = 1_000
    requests: int | None = 1
    cached_percent: int = 0
    searches: int = 0


DEFAULT_WORKLOAD = Workload()
"""The workload of a comparison that names none: short enough for the context of most models."""


class CostRange(NamedTuple):
    """US dollars: `highest` exceeds `lowest` where the price depends on the hour."""

    lowest: Decimal
    highest: Decimal


class CostPart(NamedTuple):
    """A part of a cost: the units of a dimension that all requests use, in US dollars each."""

    dimension: str
    units: Decimal
    amount: Decimal

    @property
    def cost(self) -> Decimal:
        """US dollars."""
        return self.units * self.amount


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

    Conditions apply to each request by itself, as OpenRouter documents them. Totals are priced
    below every condition on length, without fees per request. A model that makes no text is asked
    for none: `tokens_out` does not count.
    """
    hours = _hourly_parts(model, workload, minute)
    if isinstance(hours, NoCost):
        return hours
    costs = [_total(parts) for parts in hours]
    return CostRange(min(costs), max(costs))


def cheapest_parts(model: Model, workload: Workload) -> Sequence[CostPart]:
    """Return the parts of a cost in the cheapest hour, none where nothing is billed or known.

    Input that is read from a cache is a part of its own only where it has a price of its own.
    """
    hours = _hourly_parts(model, workload)
    return () if isinstance(hours, NoCost) else min(hours, key=_total)


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


def _hourly_parts(
    model: Model, workload: Workload, minute: int | None = None
) -> list[list[CostPart]] | NoCost:
    """Return the parts of a cost for each span of the week, or why there is no cost."""
    makes_text = "text" in (model.output_modalities or ("text",))
    own = workload if makes_text else workload._replace(tokens_out=0)
    if model.pricing.kind is PricingKind.FREE:
        return [[]]
    if reason := _no_cost(model, own):
        return reason
    schedule = model.pricing.schedule
    minutes = [span.start for span in week_spans(schedule)] if minute is None else [minute]
    hours = [_parts_at(schedule, own, each) for each in minutes]
    known = [parts for parts in hours if not isinstance(parts, NoCost)]
    if len(known) == len(hours):
        return known
    return next(parts for parts in hours if isinstance(parts, NoCost))


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
    size = workload.tokens_in + workload.tokens_out if workload.requests else 0
    return NoCost.TOO_LONG if model.context_length and size > model.context_length else None


def _parts_at(schedule: PriceSchedule, workload: Workload, minute: int) -> list[CostPart] | NoCost:
    """Return the parts of a cost at a minute of the week, or why there is none."""
    amounts = amounts_at(schedule, workload.tokens_in if workload.requests else 0, minute)
    parts = [part for part in _billed(amounts, workload) if part[1]]
    if any(amount is None for _, _, amount in parts):
        return NoCost.NOT_PUBLISHED
    if any(amount is not None and amount < 0 for _, _, amount in parts):
        return NoCost.VARIABLE
    count = workload.requests or 1
    return [CostPart(name, units * count, amount or _ZERO) for name, units, amount in parts]


def _billed(
    amounts: Mapping[str, Decimal], workload: Workload
) -> list[tuple[str, Decimal, Decimal | None]]:
    """Return the dimensions that are billed, the units of each request, and the amount of one.

    A listed zero for reading from a cache is no price: cached tokens cost as much as others then.
    """
    tokens_in, read = Decimal(workload.tokens_in), amounts.get("input_cache_read")
    cached = tokens_in * workload.cached_percent / 100 if read else _ZERO
    fee = amounts.get("request", _ZERO)
    return [
        ("prompt", tokens_in - cached, amounts.get("prompt")),
        ("input_cache_read", cached, read),
        ("completion", Decimal(workload.tokens_out), amounts.get("completion")),
        ("web_search", Decimal(workload.searches), amounts.get("web_search", _ZERO)),
        ("request", Decimal(bool(workload.requests and fee)), fee),
    ]


def _total(parts: Sequence[CostPart]) -> Decimal:
    return sum((part.cost for part in parts), _ZERO)
