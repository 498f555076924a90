from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from handler.domain.pricing.by_hour import minute_of_week
from handler.domain.pricing.cost import (
    CostPart,
    CostRange,
    NoCost,
    Workload,
    cheapest_parts,
    estimate_cost,
    is_token_billed,
)
from tests.support.builders import HERMES, making, model, priced, record

DOLLARS = {"prompt": "0.000001", "completion": "0.000002"}
ONE = Workload(1_000_000, 500_000)
TEN = ONE._replace(requests=10)
TOTAL = Workload(10_000_000, 5_000_000, requests=None)
TEXT = making("text")
LONG = {"min_prompt_tokens": 200_000, "prompt": "0.000003"}
DAY = {"utc_start": 600, "utc_end": 1000, "prompt": "0.000005", "completion": "0.00001"}
NIGHT = {"utc_start": 2200, "utc_end": 200, "prompt": "0.0000005"}
EMBEDDINGS = record(pricing={"prompt": "0.000001"}, architecture=making("embeddings"))
PICTURES = making("text", "image")


def billed(**pricing: Any) -> dict[str, Any]:
    return record(pricing={**DOLLARS, **pricing}, architecture=TEXT)


def same(amount: str) -> CostRange:
    return CostRange(Decimal(amount), Decimal(amount))


@pytest.mark.parametrize(
    ("raw", "workload", "cost"),
    [
        (billed(), ONE, same("2")),
        (billed(), TEN, same("20")),
        (billed(request="0.01"), TEN, same("20.1")),
        (billed(overrides=[LONG]), Workload(200_000, 0), same("0.2")),
        (billed(overrides=[LONG]), Workload(200_001, 0), same("0.600003")),
        (billed(overrides=[LONG]), Workload(100_000, 0, requests=10), same("1")),
        (billed(overrides=[DAY]), ONE, CostRange(Decimal(2), Decimal(10))),
        (billed(overrides=[DAY, NIGHT]), ONE, CostRange(Decimal("1.5"), Decimal(10))),
        (
            billed(overrides=[DAY | LONG]),
            Workload(200_001, 0),
            CostRange(Decimal("0.200001"), Decimal("0.600003")),
        ),
        (billed(overrides=[DAY | LONG]), Workload(200_000, 0), same("0.2")),
        (billed(completion="0"), ONE, same("1")),
        (billed(web_search="0.01"), Workload(0, 0, 3, searches=2), same("0.06")),
        (EMBEDDINGS, ONE, same("1")),
        (EMBEDDINGS | {"context_length": 1_000_000}, ONE, same("1")),
        (priced("a/free:free", "0", "0"), ONE, same("0")),
        (billed() | {"context_length": 1_500_000}, ONE, same("2")),
        (billed() | {"context_length": 1_499_999}, ONE, NoCost.TOO_LONG),
        (priced("a/free:free", "0", "0", context_length=9), ONE, same("0")),
        (billed(prompt="0", completion="0", request="0.03"), TEN, same("0.3")),
        (record(pricing={"prompt": "0.1"}, architecture=TEXT), ONE, NoCost.NOT_PUBLISHED),
        (record(pricing={"prompt": "0.1"}, architecture=TEXT), Workload(9, 0), same("0.9")),
        (record(), ONE, NoCost.NOT_PUBLISHED),
        (priced("openrouter/auto", "-1", "-1"), ONE, NoCost.VARIABLE),
        (billed(request="-1"), ONE, NoCost.VARIABLE),
        (billed(overrides=[{**LONG, "prompt": "-1"}]), ONE, NoCost.VARIABLE),
        (billed(overrides=[{**LONG, "prompt": "-1"}]), Workload(9, 0), same("0.000009")),
        (billed(overrides=[{**DAY, "prompt": "-1"}]), ONE, NoCost.VARIABLE),
        (billed(image_output="0.00003") | {"architecture": PICTURES}, ONE, NoCost.OTHER_UNITS),
        (billed(overrides=[LONG], request="1") | {"context_length": 9}, TOTAL, same("20")),
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
        "above a threshold within hours",
        "at it within hours",
        "nothing for output",
        "searches",
        "embeddings",
        "embeddings have no output",
        "free",
        "just fits",
        "too long",
        "free, however long",
        "a fee alone",
        "output not published",
        "no output wanted",
        "nothing published",
        "a router",
        "a variable fee",
        "a variable tier",
        "below a variable tier",
        "variable by day",
        "pictures",
        "totals have no tier, fee or context",
    ],
)
def test_cost_counts_all_that_requests_meet(
    raw: dict[str, Any], workload: Workload, cost: CostRange | NoCost
) -> None:
    assert estimate_cost(model(raw), workload) == cost


@pytest.mark.parametrize(
    ("hour", "cost"), [(5, "2"), (6, "10"), (9, "10"), (10, "2"), (22, "1.5"), (1, "1.5"), (2, "2")]
)
def test_cost_at_a_minute_of_the_week(hour: int, cost: str) -> None:
    monday = minute_of_week(datetime(2026, 8, 24, hour, tzinfo=UTC))

    assert estimate_cost(model(billed(overrides=[DAY, NIGHT])), ONE, monday) == same(cost)


@pytest.mark.parametrize(
    ("pricing", "cost"),
    [
        ({}, same("2")),
        ({"input_cache_read": "0"}, same("2")),
        ({"input_cache_read": "0.0000001"}, same("1.19")),
        ({"input_cache_read": "-1"}, NoCost.VARIABLE),
    ],
    ids=["no price for cached tokens", "a zero", "a price for cached tokens", "variable"],
)
def test_cached_tokens_cost_the_cache_read_price(
    pricing: dict[str, str], cost: CostRange | NoCost
) -> None:
    workload = ONE._replace(cached_percent=90)

    assert estimate_cost(model(billed(**pricing)), workload) == cost


@pytest.mark.parametrize(
    ("raw", "workload", "parts"),
    [
        (
            billed(input_cache_read="0.0000001", request="0.01"),
            TEN._replace(cached_percent=50),
            [
                ("prompt", 5_000_000, "0.000001"),
                ("input_cache_read", 5_000_000, "0.0000001"),
                ("completion", 5_000_000, "0.000002"),
                ("request", 10, "0.01"),
            ],
        ),
        (
            billed(input_cache_read="0.0000001"),
            Workload(1, 0, cached_percent=33),
            [("prompt", "0.67", "0.000001"), ("input_cache_read", "0.33", "0.0000001")],
        ),
        (
            billed(overrides=[DAY, NIGHT]),
            ONE._replace(cached_percent=50),
            [("prompt", 1_000_000, "0.0000005"), ("completion", 500_000, "0.000002")],
        ),
        (priced("a/free:free", "0", "0"), ONE, []),
        (record(), ONE, []),
    ],
    ids=["all", "parts of tokens", "the cheapest hour, no price for reading", "free", "unknown"],
)
def test_parts_add_up_to_the_lowest_cost(
    raw: dict[str, Any], workload: Workload, parts: list[tuple[str, Any, str]]
) -> None:
    found = cheapest_parts(model(raw), workload)

    assert found or not parts
    assert list(found) == [CostPart(name, Decimal(n), Decimal(each)) for name, n, each in parts]
    cost = estimate_cost(model(raw), workload)
    assert isinstance(cost, NoCost) or cost.lowest == sum(part.cost for part in found)


@pytest.mark.parametrize(
    ("raw", "is_billed"),
    [
        (HERMES, True),
        (EMBEDDINGS, True),
        (priced("acme/one:free", "0", "0"), True),
        (billed(request="0.01"), True),
        (record(pricing={"prompt": "0.00001"}, architecture=making("speech")), False),
        (billed(image_output="0.00003") | {"architecture": PICTURES}, False),
        (priced("openrouter/auto", "-1", "-1"), False),
        (record(), False),
    ],
    ids=["text", "embeddings", "free", "a fee", "characters", "pictures", "variable", "unknown"],
)
def test_token_billed_models(raw: dict[str, Any], is_billed: bool) -> None:
    assert is_token_billed(model(raw)) is is_billed
