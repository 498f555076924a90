"""A negative amount means a variable price, in any mode and any tier. It is never a number."""

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.support.records_as_listed import listed, per_token
from tests.support.refreshed_site import RefreshedSite

CHAT = {"in_": 2_000, "out": 500}
DOCUMENT = {"in_": 100_000, "out": 2_000}
VARIABLE: dict[str, dict[str, Any]] = {
    "acme/tier": {"overrides": [{"min_prompt_tokens": 32_000, "prompt": "-1", "completion": "-1"}]},
    "acme/hours": {"overrides": [{"utc_start": 100, "utc_end": 400, "prompt": "-1"}]},
    "acme/request": {"request": "-1"},
    "acme/cache": {"input_cache_read": "-1", "internal_reasoning": "-1"},
    "acme/search": {"web_search": "-1"},
    "acme/output": {"completion": "-1"},
}
NEGATIVE = re.compile(r"[-−]\s?\$|\$\s?[-−]|(?<![\w.])[-−]\d[\d,.]*(?=/M|/request|/search)")
UPSTREAM = frozenset({"pricing", "openrouter_raw"})


@pytest.fixture(scope="module")
def site() -> RefreshedSite:
    records = [listed(i, {**per_token("2", "6"), **odd}) for i, odd in VARIABLE.items()]
    site = RefreshedSite()
    site.refresh(records, datetime(2026, 8, 22, 12, tzinfo=UTC))
    return site


def costs(site: RefreshedSite, model_id: str, example: str, **work: int) -> list[str]:
    """The cost of the same work on the page, on the comparison and in the API."""
    api = site.api_cost(model_id, **work)
    return [
        site.example_cost(model_id, example),
        site.compare_cost(model_id, **work),
        "varies" if api is None else f"${api}",
    ]


@pytest.mark.parametrize("model_id", VARIABLE)
def test_a_negative_amount_is_variable_and_no_number(site: RefreshedSite, model_id: str) -> None:
    said = {
        "page": site.page(model_id),
        "markdown": site.markdown(model_id),
        "description": site.description(model_id),
        "card": site.card(f"/{model_id}"),
        "comparison": "\n".join(site.lines("/compare", m=model_id, **DOCUMENT)),
    }

    assert {name: NEGATIVE.findall(text) for name, text in said.items()} == {
        name: [] for name in said
    }
    for name in ("page", "markdown"):
        assert "variable" in said[name].lower()
        assert "router" not in said[name].lower().replace("openrouter", "")


@pytest.mark.parametrize("model_id", VARIABLE)
def test_the_api_has_no_amount_below_zero(site: RefreshedSite, model_id: str) -> None:
    record = site.record(model_id)
    negative = {name for name, amount in VARIABLE[model_id].items() if amount == "-1"}

    ppm = record["PPM"]
    assert [name for name in negative if ppm.get(name) is not None] == []
    own = {name: value for name, value in record.items() if name not in UPSTREAM}
    assert re.findall(r'[:"\s]-\d', json.dumps(own)) == []
    # Where the price of output is variable, that of input may be left out as well.
    assert ppm["prompt"] == 2 or model_id == "acme/output"


@pytest.mark.parametrize("model_id", ["acme/tier", "acme/request"])
def test_work_that_meets_a_variable_price_varies(site: RefreshedSite, model_id: str) -> None:
    varies = costs(site, model_id, "A long document", **DOCUMENT)

    assert [text.lower() for text in varies] == ["varies"] * 3


def test_the_cost_of_a_variable_output_is_no_partial_sum(site: RefreshedSite) -> None:
    assert site.compare_cost("acme/output", **CHAT).lower() == "varies"
    assert site.api_cost("acme/output", **CHAT) is None
    assert "$0.004" not in site.page("acme/output")


@pytest.mark.parametrize("model_id", ["acme/tier", "acme/cache", "acme/search"])
def test_work_that_meets_no_variable_price_has_its_cost(site: RefreshedSite, model_id: str) -> None:
    assert costs(site, model_id, "A chat turn", **CHAT) == ["$0.007"] * 3


def test_an_hour_with_a_variable_price_makes_the_cost_vary(site: RefreshedSite) -> None:
    page, compared, api = costs(site, "acme/hours", "A chat turn", **CHAT)

    assert "-" not in page + compared
    assert api in ("varies", "$0.007")
