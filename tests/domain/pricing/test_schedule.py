from typing import Any

import pytest

from handler.domain.pricing.schedule import normalize_pricing, parse_schedule

TIER = {"min_prompt_tokens": 200000, "prompt": "0.0000020"}


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
        ({"prompt": "1", "unheard_of": "5", "discount": 0.5}, {"prompt": "1"}),
        (
            {"prompt": "1", "overrides": [{**TIER, "note": "new"}]},
            {"prompt": "1", "overrides": [{"min_prompt_tokens": 200000, "prompt": "0.000002"}]},
        ),
        ({"prompt": "1", "overrides": []}, {"prompt": "1"}),
    ],
    ids=["nothing", "digits", "zeros", "variable", "what we do not read", "a tier", "no tier"],
)
def test_equal_prices_normalize_to_equal_objects(listed: Any, expected: dict[str, Any]) -> None:
    assert normalize_pricing(parse_schedule(listed)) == expected
    assert normalize_pricing(parse_schedule(expected)) == expected
