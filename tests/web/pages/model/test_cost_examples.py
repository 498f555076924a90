from typing import Any

import pytest

from handler.web.pages.model.cost_examples import CostRow, cost_rows
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
    "raw",
    [
        priced("acme/one:free", "0", "0"),
        priced("openrouter/auto", "-1", "-1"),
        priced("acme/video", "0", "0", architecture=making("video")),
        record(),
        record(pricing={"prompt": "0.00001"}, architecture=making("speech")),
    ],
    ids=["free", "variable", "elsewhere", "not published", "characters"],
)
def test_model_whose_costs_are_not_known_has_no_rows(raw: dict[str, Any]) -> None:
    assert cost_rows(model(raw)) == []
