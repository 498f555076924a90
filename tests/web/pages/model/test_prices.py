from typing import Any

import pytest

from handler.web.pages.model.prices import (
    CostRow,
    cost_rows,
    no_estimate_reason,
    price_note,
    zero_priced_dimensions,
)
from tests.support.builders import HERMES, making, model, priced, record

DAY = {"utc_start": 600, "utc_end": 1000, "prompt": "0.000002"}
LONG = {"min_prompt_tokens": 32_000, "prompt": "0.000002"}


def costs(**fields: Any) -> list[str]:
    return [row.cost for row in cost_rows(model(HERMES | fields))]


def test_cost_rows_have_size_and_cost() -> None:
    assert cost_rows(model(HERMES)) == [
        CostRow("A chat turn", "2,000 tokens in, 500 out", "$0.0035"),
        CostRow("A long document, summarized", "100,000 tokens in, 2,000 out", "$0.106"),
        CostRow(
            "A day of agentic coding", "200 requests of 50,000 tokens in, 1,000 out each", "$10.60"
        ),
    ]


@pytest.mark.parametrize(
    ("fields", "cost"),
    [
        ({"pricing": {**HERMES["pricing"], "overrides": [LONG]}}, ["$0.0035", "$0.206", "$20.60"]),
        (
            {"pricing": {**HERMES["pricing"], "overrides": [DAY]}},
            [
                "$0.0035 to $0.0055, by the hour",
                "$0.106 to $0.206, by the hour",
                "$10.60 to $20.60, by the hour",
            ],
        ),
        ({"context_length": 8192}, ["$0.0035", "exceeds context window", "exceeds context window"]),
    ],
    ids=["a tier", "hours", "a small context"],
)
def test_cost_rows_respect_tiers_hours_and_context(fields: dict[str, Any], cost: list[str]) -> None:
    assert costs(**fields) == cost


def test_embeddings_have_work_without_output() -> None:
    embeddings = HERMES | {"architecture": making("embeddings"), "pricing": {"prompt": "0.000001"}}

    assert [tuple(row) for row in cost_rows(model(embeddings))] == [
        ("A short text", "500 tokens in", "$0.0005"),
        ("A thousand passages", "1,000 requests of 500 tokens in each", "$0.50"),
    ]


def test_variable_fee_makes_the_cost_of_work_vary() -> None:
    assert costs(pricing={**HERMES["pricing"], "request": "-1"}) == ["varies"] * 3


@pytest.mark.parametrize(
    ("model_id", "is_router"),
    [("openrouter/auto", True), ("typesafe/jev-router", True), ("acme/one", False)],
)
def test_only_models_called_so_are_routers(model_id: str, is_router: bool) -> None:
    note = price_note(model(priced(model_id, "-1", "-1", name="Acme: One")))

    assert note is not None
    assert ("router" in note) is is_router


@pytest.mark.parametrize(
    ("outputs", "zeros"),
    [(("text",), ["output"]), ((), ["output"]), (("image",), []), (("embeddings",), [])],
)
def test_zero_for_output_counts_for_models_of_text(
    outputs: tuple[str, ...], zeros: list[str]
) -> None:
    pricing = {"prompt": "0.000001", "completion": "0"}
    raw = record(pricing=pricing, architecture={"output_modalities": list(outputs)})

    assert zero_priced_dimensions(model(raw)) == zeros


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (priced("acme/one:free", "0", "0"), "Currently free: OpenRouter lists it at no charge."),
        (priced("openrouter/auto", "-1", "-1"), "Varies: OpenRouter lists no fixed price."),
        (
            priced("acme/video", "0", "0", architecture=making("video")),
            "Unknown: OpenRouter does not publish its prices.",
        ),
        (record(), "Unknown: its prices are not published."),
        (
            record(pricing={"prompt": "0.00001"}, architecture=making("speech")),
            "It is billed by more than text tokens, so token counts alone do not give a cost.",
        ),
    ],
    ids=["free", "variable", "elsewhere", "not published", "characters"],
)
def test_model_without_cost_rows_has_a_reason(raw: dict[str, Any], reason: str) -> None:
    assert (cost_rows(model(raw)), no_estimate_reason(model(raw))) == ([], reason)
