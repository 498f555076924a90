"""Hypothesis's `pricing` objects, and the same prices in another form."""

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from tests.support.pricing_oracle import MINUTES_OF_A_WEEK, WEEK, boundaries, prices_at, thresholds
from tests.support.pricing_schedules import Pricing

_AMOUNTS = st.sampled_from(
    ["0", "-1", "0.000001", "0.0000025", "0.00000008333333333333334", "0.01", "1.5e-06"]
)
_CLOCKS = st.builds(
    lambda hour, minute: hour * 100 + minute, st.integers(0, 23), st.sampled_from([0, 1, 30, 59])
)
_ENDS = st.one_of(_CLOCKS, st.just(2_400))
_NAMES = ("prompt", "completion", "input_cache_read", "request")
_PRICES = st.dictionaries(st.sampled_from(_NAMES), _AMOUNTS, min_size=1)
_DAYS = st.lists(st.sampled_from(WEEK), min_size=1, unique=True)
_UNKNOWN = st.sampled_from(
    [{"moon_phase": ["full"]}, {"utc_days": ["moonday"]}, {"utc_days": ["friday", "moonday"]}]
)


@st.composite
def _entries(draw: st.DrawFn, with_unknown: bool) -> dict[str, Any]:
    entry: dict[str, Any] = dict(draw(_PRICES))
    kinds = st.sets(st.sampled_from(["threshold", "days", "hours"]), min_size=1)
    chosen = draw(kinds)
    if "threshold" in chosen:
        entry["min_prompt_tokens"] = draw(st.sampled_from([0, 32_000, 200_000]))
    if "days" in chosen:
        entry["utc_days"] = draw(_DAYS)
    if "hours" in chosen:
        start = draw(_CLOCKS)
        # Upstream does not say whether a window from a time to itself is empty or a whole day.
        entry["utc_start"] = start
        entry["utc_end"] = draw(_ENDS.filter(lambda end: end % 2_400 != start))
    if with_unknown and draw(st.integers(0, 5)) == 0:
        entry.update(draw(_UNKNOWN))
    return entry


def schedules(*, with_unknown: bool = True, max_entries: int = 6) -> st.SearchStrategy[Pricing]:
    """Return a strategy of `pricing` objects; `with_unknown` adds conditions that none knows."""
    entries = st.lists(_entries(with_unknown), max_size=max_entries)
    base = st.dictionaries(st.sampled_from(_NAMES), _AMOUNTS)
    return st.builds(lambda amounts, found: {**amounts, "overrides": found}, base, entries)


def spelled_out(pricing: Pricing, base: Mapping[str, str]) -> Pricing:
    """Return a schedule with the same prices at every minute, in an entry for each of its spans.

    `base` replaces the base amounts, which never apply. A price that is missing becomes a zero.
    """
    names = _NAMES if pricing["overrides"] else [name for name in _NAMES if name in pricing]
    edges = sorted(boundaries(pricing))
    entries: dict[tuple[Any, ...], list[str]] = {}
    for limit in [-1, *thresholds(pricing)]:
        at = prices_at(pricing, limit + 1, edges)
        for start, end in zip(edges, [*edges[1:], MINUTES_OF_A_WEEK], strict=True):
            prices = at[start]
            # Input and output without a price are not listed; for others a zero is no price.
            zeros = {name: "0" for name in names if name not in ("prompt", "completion")}
            amounts = tuple({**zeros, **{name: str(p) for name, p in prices.items()}}.items())
            key = (limit, _hhmm(start), _hhmm(end) or 2_400, amounts)
            entries.setdefault(key, []).append(WEEK[start // 1_440])
    return {
        **base,
        "overrides": [
            {
                **({"min_prompt_tokens": limit} if limit >= 0 else {}),
                **({} if len(days) == 7 else {"utc_days": days[::-1]}),
                **{"utc_start": start, "utc_end": end, **dict(amounts)},
            }
            for (limit, start, end, amounts), days in entries.items()
        ],
    }


def _hhmm(minute: int) -> int:
    hour, rest = divmod(minute % 1_440, 60)
    return hour * 100 + rest
