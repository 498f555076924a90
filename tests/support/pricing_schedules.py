"""Invented `pricing` objects, with each kind of override."""

from typing import Any

from tests.support.pricing_oracle import WEEK

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
