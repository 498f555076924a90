from decimal import Decimal
from typing import Any

import pytest

from handler.domain.pricing.cost import (
    CostRange,
    ExampleWorkload,
    estimate_cost_range,
    is_token_billed,
)
from tests.support.builders import HERMES, making, model, priced, record

DOLLARS = {"prompt": "0.000001", "completion": "0.000002"}
ONE = ExampleWorkload("one", 1, 1_000_000, 500_000)
TEXT = making("text")
LONG = {"min_prompt_tokens": 200_000, "prompt": "0.000003"}
DAY = {"utc_start": 600, "utc_end": 1000, "prompt": "0.000005", "completion": "0.00001"}
NIGHT = {"utc_start": 2200, "utc_end": 200, "prompt": "0.0000005"}


def billed(**pricing: Any) -> dict[str, Any]:
    return record(pricing={**DOLLARS, **pricing}, architecture=TEXT)


def the_same(amount: str) -> CostRange:
    return CostRange(Decimal(amount), Decimal(amount))


@pytest.mark.parametrize(
    ("raw", "work", "cost"),
    [
        (billed(), ONE, the_same("2")),
        (billed(), ExampleWorkload("many", 10, 1_000_000, 500_000), the_same("20")),
        (billed(request="0.01"), ExampleWorkload("many", 10, 1_000_000, 500_000), the_same("20.1")),
        (billed(overrides=[LONG]), ExampleWorkload("short", 1, 200_000, 0), the_same("0.2")),
        (billed(overrides=[LONG]), ExampleWorkload("long", 1, 200_001, 0), the_same("0.600003")),
        (billed(overrides=[LONG]), ExampleWorkload("short ones", 10, 100_000, 0), the_same("1")),
        (billed(overrides=[DAY]), ONE, CostRange(Decimal(2), Decimal(10))),
        (billed(overrides=[DAY, NIGHT]), ONE, CostRange(Decimal("1.5"), Decimal(10))),
        (billed(completion="0"), ONE, the_same("1")),
        (
            record(pricing={"prompt": "0.000001"}, architecture=making("embeddings")),
            ONE,
            the_same("1"),
        ),
        (billed() | {"context_length": 1_499_999}, ONE, None),
        (billed() | {"context_length": 1_500_000}, ONE, the_same("2")),
    ],
    ids=[
        "in and out",
        "many requests",
        "a fee for each",
        "at a threshold",
        "above it",
        "each below it",
        "dearer by day",
        "cheaper by night too",
        "nothing for output",
        "embeddings",
        "too long",
        "just fits",
    ],
)
def test_work_costs_what_its_requests_cost_by_the_tiers_that_they_meet(
    raw: dict[str, Any], work: ExampleWorkload, cost: CostRange | None
) -> None:
    assert estimate_cost_range(model(raw), work) == cost


@pytest.mark.parametrize(
    ("raw", "billed_by_token"),
    [
        (HERMES, True),
        (record(pricing={"prompt": "0.000001"}, architecture=making("embeddings")), True),
        (record(pricing={"prompt": "0.000001"}, architecture=TEXT), False),
        (record(pricing={"prompt": "0.00001"}, architecture=making("speech")), False),
        (billed(image_output="0.00003") | {"architecture": making("text", "image")}, False),
        (priced("openrouter/auto", "-1", "-1"), False),
        (priced("acme/one:free", "0", "0"), False),
        (record(), False),
        (billed(overrides=[DAY] * 25), False),
    ],
    ids=[
        "text",
        "embeddings",
        "half",
        "characters",
        "pictures",
        "variable",
        "free",
        "not published",
        "mad",
    ],
)
def test_only_what_is_billed_by_token_alone_can_be_reckoned(
    raw: dict[str, Any], billed_by_token: bool
) -> None:
    assert is_token_billed(model(raw)) is billed_by_token
