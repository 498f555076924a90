"""Hypothesis strategies for OpenRouter's `pricing` objects with overrides of every kind."""

from typing import Any

from hypothesis import strategies as st

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

AMOUNTS = st.sampled_from(["0", "0.000001", "0.0000020", "0.000003", "-1"])
PRICES = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("prompt", "completion", "input_cache_read", "request"), AMOUNTS)
)
_CLOCK = st.builds(
    lambda hour, minute: 100 * hour + minute, st.integers(0, 23), st.sampled_from([0, 30])
)
_HOURS = st.fixed_dictionaries({"utc_start": _CLOCK, "utc_end": _CLOCK})
_DAYS = st.fixed_dictionaries(
    {"utc_days": st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=7)}
)
_THRESHOLD = st.fixed_dictionaries({"min_prompt_tokens": st.sampled_from([0, 1_000, 200_000])})
_UNKNOWN = st.sampled_from(
    [{"utc_days": ["caturday"]}, {"region": "eu"}, {"min_prompt_tokens": -1}]
)
_CONDITIONS = st.lists(st.one_of(_HOURS, _DAYS, _THRESHOLD, _UNKNOWN), min_size=1, max_size=2).map(
    lambda parts: {key: value for part in parts for key, value in part.items()}
)


def _join(condition: dict[str, Any], prices: dict[str, Any]) -> dict[str, Any]:
    return condition | prices


OVERRIDES = st.lists(st.builds(_join, _CONDITIONS, PRICES), max_size=5)
PRICINGS = st.builds(lambda base, listed: {**base, "overrides": listed}, PRICES, OVERRIDES)
