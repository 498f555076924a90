"""Invented `pricing` objects with overrides: some by hand, and Hypothesis's."""

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from tests.support.pricing_oracle import MINUTES_OF_A_WEEK, WEEK, boundaries, prices_at, thresholds

Pricing = dict[str, Any]

_LOW, _HIGH = (
    {"prompt": "0.0000004", "completion": "0.0000012"},
    {"prompt": "0.0000008", "completion": "0.0000024"},
)
_WEEKDAYS = list(WEEK[:5])
SCHEDULES: dict[str, Pricing] = {
    "no schedule": _LOW,
    "peaks on weekdays": {
        **_LOW,
        "input_cache_read": "0.00000004",
        "overrides": [
            {"utc_days": ["saturday", "sunday"], **_LOW},
            {"utc_days": _WEEKDAYS, "utc_start": 100, "utc_end": 400, **_HIGH},
            {"utc_days": _WEEKDAYS, "utc_start": 600, "utc_end": 1000, **_HIGH},
        ],
    },
    "the whole day in windows": {
        **_HIGH,
        "overrides": [
            {"utc_start": 100, "utc_end": 400, **_HIGH},
            {"utc_start": 400, "utc_end": 600, **_LOW},
            {"utc_start": 600, "utc_end": 1000, **_HIGH},
            {"utc_start": 1000, "utc_end": 100, **_LOW},
        ],
    },
    "evenings until midnight": {
        **_HIGH,
        "overrides": [
            {"utc_start": 0, "utc_end": 1600, **_HIGH},
            {"utc_start": 1600, "utc_end": 0, **_LOW},
        ],
    },
    "Sunday night": {
        **_HIGH,
        "overrides": [{"utc_days": ["sunday"], "utc_start": 2230, "utc_end": 415, **_LOW}],
    },
    "a day alone": {**_HIGH, "overrides": [{"utc_days": ["wednesday"], "prompt": "0.0000001"}]},
    "a threshold": {
        **_LOW,
        "overrides": [
            {"min_prompt_tokens": 100_000, **_HIGH, "input_cache_read": "0.00000008"},
            {"min_prompt_tokens": 500_000, "completion": "0.000009"},
        ],
    },
    "a threshold at night": {
        **_LOW,
        "overrides": [
            {"min_prompt_tokens": 32_000, "utc_start": 2200, "utc_end": 600, **_HIGH},
            {"utc_days": ["friday"], "min_prompt_tokens": 64_000, "completion": "0.000007"},
        ],
    },
    "later entries win": {
        **_LOW,
        "overrides": [
            {"utc_start": 0, "utc_end": 2400, "prompt": "0.000001", "request": "0.01"},
            {"utc_start": 800, "utc_end": 900, "prompt": "0.000002"},
            {"utc_start": 830, "utc_end": 845, "request": "0"},
        ],
    },
    "an unknown weekday": {
        **_LOW,
        "overrides": [
            {"utc_days": ["monday", "moonday"], "prompt": "0.000001"},
            {"utc_days": ["tuesday"], "prompt": "0.000003"},
        ],
    },
    "an unknown condition": {
        **_LOW,
        "overrides": [
            {"moon_phase": ["full"], "prompt": "0.000001"},
            {"moon_phase": ["new"], "utc_start": 100, "utc_end": 200, "prompt": "0.000002"},
            {"utc_start": 300, "utc_end": 400, "prompt": "0.000003"},
        ],
    },
    "variable by the hour": {
        **_LOW,
        "overrides": [{"utc_start": 1200, "utc_end": 1300, "prompt": "-1", "completion": "-1"}],
    },
    "free at night": {
        **_LOW,
        "image": "0.001",
        "overrides": [
            {"utc_start": 2300, "utc_end": 500, "prompt": "0", "completion": "0", "image": "0"}
        ],
    },
}

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
