from decimal import Decimal
from typing import Any

import pytest

from handler.domain.pricing.cost import (
    CostRange,
    Workload,
    estimate_base_cost,
    estimate_cost,
    estimate_cost_range,
    is_token_billed,
)
from handler.domain.pricing.types import Window
from tests.support.builders import HERMES, making, model, priced, record

DOLLARS = {"prompt": "0.000001", "completion": "0.000002"}
ONE = Workload(1_000_000, 500_000)
TEN = ONE._replace(requests=10)
TEXT = making("text")
LONG = {"min_prompt_tokens": 200_000, "prompt": "0.000003"}
DAY = {"utc_start": 600, "utc_end": 1000, "prompt": "0.000005", "completion": "0.00001"}
NIGHT = {"utc_start": 2200, "utc_end": 200, "prompt": "0.0000005"}
EMBEDDINGS = record(pricing={"prompt": "0.000001"}, architecture=making("embeddings"))


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
        (billed(overrides=[LONG | DAY]), Workload(200_001, 0), same("1.000005")),
        (billed(completion="0"), ONE, same("1")),
        (EMBEDDINGS, ONE, same("1")),
        (billed() | {"context_length": 1_499_999}, ONE, None),
        (billed() | {"context_length": 1_500_000}, ONE, same("2")),
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
        "above a threshold with hours",
        "nothing for output",
        "embeddings",
        "too long",
        "just fits",
    ],
)
def test_cost_range_covers_tiers_that_requests_meet(
    raw: dict[str, Any], workload: Workload, cost: CostRange | None
) -> None:
    assert estimate_cost_range(model(raw), workload) == cost


@pytest.mark.parametrize(
    ("window", "cost"),
    [(None, "2"), (Window(600, 1000), "10"), (Window(2200, 200), "1.5"), (Window(0, 100), "2")],
    ids=["outside all windows", "by day", "by night", "in another window"],
)
def test_cost_within_a_window_uses_its_override(window: Window | None, cost: str) -> None:
    schedule = model(billed(overrides=[DAY, NIGHT])).pricing.schedule

    assert estimate_cost(schedule, ONE, window=window) == Decimal(cost)


@pytest.mark.parametrize(
    ("pricing", "cost"),
    [({}, "2"), ({"input_cache_read": "0.0000001"}, "1.19")],
    ids=["no price for cached tokens", "a price for cached tokens"],
)
def test_cached_tokens_cost_the_cache_read_price(pricing: dict[str, str], cost: str) -> None:
    workload = ONE._replace(tokens_cached=900_000)

    assert estimate_cost(model(billed(**pricing)).pricing.schedule, workload) == Decimal(cost)


@pytest.mark.parametrize(
    ("raw", "is_billed"),
    [
        (HERMES, True),
        (EMBEDDINGS, True),
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
        "too many overrides",
    ],
)
def test_only_models_billed_by_tokens_have_cost_examples(
    raw: dict[str, Any], is_billed: bool
) -> None:
    assert is_token_billed(model(raw)) is is_billed


@pytest.mark.parametrize(
    ("raw", "cost"),
    [
        (HERMES, Decimal("2.5")),
        (billed(image_output="0.00003") | {"architecture": making("text", "image")}, None),
        (priced("a/free:free", "0", "0"), Decimal(0)),
        (EMBEDDINGS, Decimal(1)),
        (record("a/half", pricing={"prompt": "0.000001"}, architecture=TEXT), None),
        (priced("openrouter/auto", "-1", "-1"), None),
        (record(), None),
        (billed(request="0.01", overrides=[LONG, DAY]), Decimal(2)),
    ],
    ids=[
        "priced",
        "with pictures",
        "free",
        "embeddings",
        "half",
        "variable",
        "not published",
        "tiers and a fee",
    ],
)
def test_base_cost_counts_tokens_alone(raw: dict[str, Any], cost: Decimal | None) -> None:
    assert estimate_base_cost(model(raw), ONE) == cost
