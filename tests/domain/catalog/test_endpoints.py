import json
import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from handler.domain.catalog.endpoints import Endpoint, compact_endpoints, parse_endpoints
from handler.domain.pricing.types import (
    Condition,
    Price,
    PriceSchedule,
    PriceUnit,
    Pricing,
    PricingKind,
    Window,
)
from tests.support.hostile.text import HOSTILE_TEXT

TEXT = ("text",)
FIREWORKS: dict[str, Any] = {
    "name": "Fireworks | acme/one-20260101",
    "model_id": "acme/one",
    "model_name": "Acme: One",
    "context_length": 131072,
    "pricing": {"prompt": "0.000001", "completion": "0.000003", "discount": 0.35},
    "provider_name": "Fireworks",
    "tag": "fireworks/fp8",
    "quantization": "fp8",
    "max_completion_tokens": 65536,
    "max_prompt_tokens": 100000,
    "supported_parameters": ["tools"],
    "status": -2,
    "uptime_last_30m": 86.7,
    "uptime_last_5m": None,
    "uptime_last_1d": 95.64,
    "supports_implicit_caching": True,
    "latency_last_30m": None,
    "throughput_last_30m": None,
}


def served(provider: str = "Fireworks", **changes: Any) -> dict[str, Any]:
    return {**FIREWORKS, "provider_name": provider, **changes}


def at(prompt: str, completion: str) -> dict[str, str]:
    return {"prompt": prompt, "completion": completion}


def response(*endpoints: Any) -> dict[str, Any]:
    return {"id": "acme/one", "endpoints": list(endpoints)}


def providers(record: Any, model_id: str = "acme/one") -> list[str]:
    return [endpoint.provider for endpoint in parse_endpoints(record, model_id, TEXT)]


def test_endpoint_has_provider_limits_and_prices() -> None:
    prices = (
        Price("prompt", "Input", Decimal("0.000001"), PriceUnit.TOKEN),
        Price("completion", "Output", Decimal("0.000003"), PriceUnit.TOKEN),
    )
    amounts = {"prompt": Decimal("0.000001"), "completion": Decimal("0.000003")}
    assert parse_endpoints(response(FIREWORKS), "acme/one", TEXT) == (
        Endpoint(
            provider="Fireworks",
            tag="fireworks/fp8",
            quantization="fp8",
            context_length=131072,
            max_prompt_tokens=100000,
            max_completion_tokens=65536,
            pricing=Pricing(PricingKind.PRICED, prices, (), PriceSchedule(amounts)),
            discount=Decimal("0.35"),
            uptime_1d=95.64,
            is_degraded=True,
            service_tier=None,
        ),
    )


def test_unknown_and_missing_fields_are_none() -> None:
    bare = {"provider_name": "Acme", "quantization": "unknown", "pricing": {"discount": 0}}

    assert parse_endpoints(response(bare), "acme/one", TEXT) == (
        Endpoint(
            provider="Acme",
            tag=None,
            quantization=None,
            context_length=None,
            max_prompt_tokens=None,
            max_completion_tokens=None,
            pricing=Pricing(PricingKind.UNPUBLISHED, (), (), PriceSchedule({})),
            discount=None,
            uptime_1d=None,
            is_degraded=False,
            service_tier=None,
        ),
    )


def test_endpoints_are_sorted_by_token_price() -> None:
    record = response(
        served("Variable", pricing=at("-1", "-1")),
        served("Dear", pricing=at("0.000002", "0.000003")),
        served("beta", pricing=at("0.000003", "0.000001")),
        served("Alpha", pricing=at("0.000001", "0.000003")),
        served("Unpublished", pricing={}),
        served("Free", pricing=at("0", "0")),
    )

    assert providers(record) == ["Free", "Alpha", "beta", "Dear", "Unpublished", "Variable"]


def test_other_service_tiers_come_after_the_usual_one() -> None:
    record = response(
        served("Flexible", service_tier="flex", pricing=at("0.0000005", "0.000001")),
        served("Usual", pricing=at("0.000001", "0.000003")),
    )

    assert providers(record) == providers(compact_endpoints(record)) == ["Usual", "Flexible"]
    tiers = [endpoint.service_tier for endpoint in parse_endpoints(record, "acme/one", TEXT)]
    assert tiers == [None, "flex"]


def test_order_does_not_depend_on_upstreams_order() -> None:
    endpoints = [
        served(tag="b"),
        served(tag="a"),
        served(tag="a", context_length=1),
        served(tag=None),
    ]

    parsed = parse_endpoints(response(*endpoints), "acme/one", TEXT)

    assert parsed == parse_endpoints(response(*reversed(endpoints)), "acme/one", TEXT)
    assert [endpoint.tag for endpoint in parsed] == [None, "a", "a", "b"]


@pytest.mark.parametrize(
    ("model_id", "served_id", "count"),
    [
        ("acme/one", "acme/one", 1),
        ("acme/one-preview", "acme/one", 1),
        ("acme/one:free", "acme/one:free", 1),
        ("acme/one:free", "acme/one", 0),
        ("acme/one:thinking", "acme/one:free", 0),
        ("acme/one", "acme/one:free", 0),
        ("acme/one", None, 1),
        ("acme/one:free", None, 0),
    ],
    ids=[
        "itself",
        "an earlier name",
        "a variant",
        "the paid one for the free one",
        "another variant",
        "the free one for the paid one",
        "unnamed",
        "unnamed for a variant",
    ],
)
def test_endpoints_of_other_variants_are_skipped(
    model_id: str, served_id: str | None, count: int
) -> None:
    assert len(parse_endpoints(response(served(model_id=served_id)), model_id, TEXT)) == count


@pytest.mark.parametrize(
    "bad",
    [
        None,
        "endpoint",
        served(provider_name=None),
        served(provider_name=7),
        served(model_id=7),
        served(pricing=[]),
        served(pricing={"prompt": "cheap"}),
    ],
    ids=[
        "null",
        "text",
        "no provider",
        "provider a number",
        "model id a number",
        "pricing a list",
        "price a word",
    ],
)
def test_unreadable_endpoint_is_skipped_alone(bad: Any) -> None:
    record = response(served("Good"), bad, served("Also good"))

    assert providers(record) == ["Also good", "Good"]
    assert providers(compact_endpoints(record)) == ["Also good", "Good"]


@pytest.mark.parametrize(
    ("field", "value", "attribute", "expected"),
    [
        ("tag", [], "tag", None),
        ("quantization", 8, "quantization", None),
        ("context_length", -1, "context_length", None),
        ("context_length", "many", "context_length", None),
        ("context_length", "131072", "context_length", 131_072),
        ("max_prompt_tokens", 1.5, "max_prompt_tokens", 1),
        ("max_completion_tokens", {}, "max_completion_tokens", None),
        ("uptime_last_1d", 101, "uptime_1d", None),
        ("uptime_last_1d", "99", "uptime_1d", 99.0),
        ("uptime_last_1d", True, "uptime_1d", None),
        ("status", [], "is_degraded", False),
        ("pricing", {"prompt": "0", "discount": 35}, "discount", None),
    ],
)
def test_an_unreadable_field_costs_an_endpoint_that_field_alone(
    field: str, value: object, attribute: str, expected: object
) -> None:
    record = response({**FIREWORKS, field: value})
    (endpoint,) = parse_endpoints(record, "acme/one", TEXT)

    assert getattr(endpoint, attribute) == expected
    assert parse_endpoints(compact_endpoints(record), "acme/one", TEXT) == (endpoint,)


@pytest.mark.parametrize(
    "record",
    [None, [], {}, "x", 7, {"endpoints": None}, {"endpoints": {}}, {"endpoints": "x"}],
    ids=["null", "[]", "{}", "text", "number", "no endpoints", "an object", "a word"],
)
def test_unreadable_response_has_no_endpoints(record: Any) -> None:
    assert parse_endpoints(record, "acme/one", TEXT) == ()
    assert compact_endpoints(record) == []


def test_number_of_endpoints_is_bounded() -> None:
    record = response(*[served(str(n)) for n in range(1_000)])

    assert len(parse_endpoints(record, "acme/one", TEXT)) == 60
    assert len(compact_endpoints(record)) == 60


def test_compact_form_has_only_the_fields_that_are_parsed() -> None:
    assert compact_endpoints(response({**FIREWORKS, "status": "odd" * 1_000})) == [
        {
            "model_id": "acme/one",
            "provider_name": "Fireworks",
            "tag": "fireworks/fp8",
            "quantization": "fp8",
            "context_length": 131072,
            "max_prompt_tokens": 100000,
            "max_completion_tokens": 65536,
            "uptime_last_1d": 95.64,
            "pricing": {"prompt": "0.000001", "completion": "0.000003", "discount": 0.35},
        }
    ]


@pytest.mark.parametrize("text", HOSTILE_TEXT.values(), ids=HOSTILE_TEXT)
def test_hostile_text_is_bounded_and_survives_compaction(text: str) -> None:
    record = response(served(text, tag=text * 50, quantization=text, note=text * 1_000))
    stored = compact_endpoints(record)

    assert parse_endpoints(stored, "acme/one", TEXT) == parse_endpoints(record, "acme/one", TEXT)
    assert len(json.dumps(stored)) < 10_000


def test_compact_form_has_overrides() -> None:
    window = {"utc_days": ["monday"], "utc_start": 100, "utc_end": 400}
    tiers = [{"min_prompt_tokens": 200_000, **window, "prompt": "0.000002"}]
    record = response(served(pricing={**at("0.000001", "0.000003"), "overrides": tiers}))
    stored = compact_endpoints(record)

    assert parse_endpoints(stored, "acme/one", TEXT) == parse_endpoints(record, "acme/one", TEXT)
    (tier,) = parse_endpoints(stored, "acme/one", TEXT)[0].pricing.tiers
    assert tier.conditions == (Condition(200_000, Window(60, 240, (0,))),)
    assert len(json.dumps(stored)) < 1_000


def test_compact_form_is_small_whatever_overrides_hold() -> None:
    listed = {**at("-1", "-1"), "overrides": [{"prompt": "1", "utc_start": [1] * 1_000}, [], 5]}
    record = response(served(pricing=listed))
    stored = compact_endpoints(record)

    assert parse_endpoints(stored, "acme/one", TEXT) == parse_endpoints(record, "acme/one", TEXT)
    assert len(json.dumps(stored)) < 1_000


def test_real_responses_are_parsed_whole_and_survive_compaction() -> None:
    path = Path(os.environ.get("BURGEE_SHARED", "nowhere"), "details", "2026-05-18.json")
    if not path.exists():
        pytest.skip("the shared endpoint responses are missing")
    count = 0
    for model_id, body in json.loads(path.read_bytes()).items():
        record, outputs = body["data"], body["data"]["architecture"]["output_modalities"]
        parsed = parse_endpoints(record, model_id, outputs)
        count += len(parsed)
        assert (
            parse_endpoints(json.loads(json.dumps(compact_endpoints(record))), model_id, outputs)
            == parsed
        )
        assert len(parsed) == (0 if ":" in model_id else len(record["endpoints"]))

    assert count == 812
