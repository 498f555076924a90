"""The parts of a cost, and in words what its amount does not show."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from handler.domain.catalog.model import Model
from handler.domain.pricing.cost import (
    CostPart,
    CostRange,
    NoCost,
    Workload,
    cheapest_parts,
    estimate_cost,
)
from handler.domain.pricing.format import format_usd
from handler.domain.pricing.headline import request_fee, search_fee
from handler.domain.pricing.types import MILLION, Pricing
from handler.domain.pricing.week import prompt_thresholds

_LABELS = {
    "prompt": "Input tokens",
    "input_cache_read": "Cached input tokens",
    "completion": "Output tokens",
    "request": "Requests",
}


class BreakdownRow(NamedTuple):
    """A part of a cost as text: how many units, the price of one or of a million, US dollars."""

    label: str
    units: str
    price: str
    cost: str


def breakdown_rows(model: Model, workload: Workload) -> list[BreakdownRow]:
    """Return a row for each part of the cost in the cheapest hour, none without prices."""
    return [_breakdown_row(part) for part in cheapest_parts(model, workload)]


def cost_notes(model: Model, workload: Workload) -> Iterator[str]:
    """Yield a sentence, without its stop, on everything that a cost does not show."""
    cost = estimate_cost(model, workload)
    if cost is NoCost.TOO_LONG:
        size = workload.tokens_in + workload.tokens_out
        yield f"A request of {size:,} tokens exceeds its context of {model.context_length:,}"
    parts = {part.dimension for part in cheapest_parts(model, workload)}
    if parts:
        yield from _cache_notes(model.pricing, workload, parts)
        yield from _tier_notes(model.pricing, workload)
    if isinstance(cost, CostRange) and cost.lowest != cost.highest:
        yield "The price depends on the hour; the parts are those of the cheapest"
    fee = search_fee(model.pricing)
    if fee and fee.display_amount is not None:
        yield f"Each web search costs {format_usd(fee.display_amount)} more"


def _breakdown_row(part: CostPart) -> BreakdownRow:
    is_request = part.dimension == "request"
    price = format_usd(part.amount if is_request else part.amount * MILLION)
    units = f"{part.units:,f}"
    units = units.rstrip("0").rstrip(".") if "." in units else units
    label = _LABELS[part.dimension]
    per = "each" if is_request else "per 1M"
    return BreakdownRow(label, units, f"{price} {per}", format_usd(part.cost))


def _cache_notes(pricing: Pricing, workload: Workload, parts: Collection[str]) -> Iterator[str]:
    if not workload.cached_percent or not workload.tokens_in:
        return
    if "input_cache_read" not in parts:
        yield "Cached input is billed as input: no cache price published"
    elif pricing.price("input_cache_write"):
        yield "Writing to the cache is not included"


def _tier_notes(pricing: Pricing, workload: Workload) -> Iterator[str]:
    thresholds = prompt_thresholds(pricing.schedule)
    exceeded = [tokens for tokens in thresholds if workload.tokens_in > tokens]
    if workload.requests is None:
        if thresholds:
            yield f"Priced as requests of up to {thresholds[0]:,} prompt tokens; longer ones differ"
        if (fee := request_fee(pricing)) and fee.display_amount:
            yield f"Each request costs {format_usd(fee.display_amount)} more"
    elif exceeded:
        yield f"Prices of the tier over {exceeded[-1]:,} prompt tokens"
    elif thresholds:
        yield f"Base prices: they hold up to {thresholds[0]:,} prompt tokens"
