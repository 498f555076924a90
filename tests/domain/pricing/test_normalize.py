from typing import Any

import pytest

from handler.domain.pricing.normalize import normalize_pricing
from handler.domain.pricing.schedule import parse_schedule

TIER = {"min_prompt_tokens": 200000, "prompt": "0.0000020"}
LOW, HIGH = {"prompt": "0.00000066"}, {"prompt": "0.00000132"}
MORNING = {"utc_start": 100, "utc_end": 400}
REST = {"utc_start": 400, "utc_end": 100}
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday"]


def normalized(listed: Any) -> dict[str, Any]:
    return normalize_pricing(parse_schedule(listed))


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        (None, {}),
        (
            {"prompt": "0.0000010", "completion": "3e-06"},
            {"prompt": "0.000001", "completion": "0.000003"},
        ),
        (
            {"prompt": 0, "completion": "0", "image": "0", "request": "0.000"},
            {"prompt": "0", "completion": "0"},
        ),
        ({"prompt": "-1"}, {"prompt": "-1"}),
        ({"prompt": "", "completion": "1"}, {"completion": "1"}),
        ({"prompt": "1", "unheard_of": "5", "discount": 0.5}, {"prompt": "1"}),
        (
            {"prompt": "1", "overrides": [{**TIER, "note": None}]},
            {"prompt": "1", "overrides": [{"min_prompt_tokens": 200000, "prompt": "0.000002"}]},
        ),
        ({"prompt": "1", "overrides": [{**TIER, "region": "eu"}]}, {"prompt": "1"}),
        ({"prompt": "1", "overrides": []}, {"prompt": "1"}),
        ({"prompt": "0.000002", "overrides": [TIER]}, {"prompt": "0.000002"}),
        ({"prompt": "0.00000008333333333333334"}, {"prompt": "0.00000008333333333"}),
        (
            {**HIGH, "overrides": [MORNING | HIGH, REST | LOW]},
            {**LOW, "overrides": [MORNING | HIGH]},
        ),
        ({**LOW, "overrides": [MORNING | HIGH]}, {**LOW, "overrides": [MORNING | HIGH]}),
        (
            {**LOW, "overrides": [{"utc_days": WEEKDAYS[::-1], **HIGH}]},
            {**LOW, "overrides": [{"utc_days": WEEKDAYS, "utc_start": 0, "utc_end": 2400, **HIGH}]},
        ),
    ],
    ids=[
        "nothing",
        "digits",
        "zeros",
        "variable",
        "an empty price",
        "unknown prices",
        "a tier",
        "an unknown condition",
        "no tier",
        "a tier without effect",
        "noise of the 17th digit",
        "the base of the present hour",
        "the base of another hour",
        "whole days",
    ],
)
def test_equal_prices_normalize_to_equal_objects(listed: Any, expected: dict[str, Any]) -> None:
    assert normalized(listed) == expected
    assert normalized(expected) == expected
