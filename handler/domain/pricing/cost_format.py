"""Workloads and their costs in words."""

from handler.domain.pricing.cost import CostRange, NoCost, Workload
from handler.domain.pricing.format import format_usd


def format_cost(cost: CostRange | NoCost) -> str:
    """Return "$0.0075", "$0.66 to $1.32, by the hour", or the reason for no cost."""
    if isinstance(cost, NoCost):
        return cost.value
    lowest, highest = map(format_usd, cost)
    return lowest if cost.lowest == cost.highest else f"{lowest} to {highest}, by the hour"


def format_workload(workload: Workload) -> str:
    """Return "2,000 tokens in, 500 out", or "200 requests of 50,000 tokens in, 1,000 out each".

    A share of the input that is read from a cache follows it: "2,000 tokens in (50% cached)".
    Totals end in "in total".
    """
    text = f"{workload.tokens_in:,} tokens in"
    text = f"{text} ({workload.cached_percent}% cached)" if workload.cached_percent else text
    text = f"{text}, {workload.tokens_out:,} out" if workload.tokens_out else text
    if workload.requests is None:
        return f"{text}, in total"
    return text if workload.requests == 1 else f"{workload.requests:,} requests of {text} each"
