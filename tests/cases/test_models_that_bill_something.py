"""A model is free only if it bills nothing, in every mode and every tier."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.support.records_as_listed import listed, per_token
from tests.support.refreshed_site import RefreshedSite

# "Zeros do not mean free" is no such claim.
CLAIM = re.compile(r"(?<!not )(?<!mean )\bfree\b", re.IGNORECASE)
NOTHING = per_token("0", "0")
REALLY_FREE = "acme/gift:free"
TAKES_IMAGES = {"input_modalities": ["text", "image"], "output_modalities": ["text"]}
BILLS: dict[str, tuple[dict[str, Any], str]] = {
    "acme/by-image": ({"image": "0.002"}, "$0.002"),
    "acme/by-audio": ({"audio": "0.0002"}, "$200"),
    "acme/by-search": ({"web_search": "0.02"}, "$0.02"),
    "acme/by-reasoning": ({"internal_reasoning": "0.000004"}, "$4"),
    "acme/by-request": ({"request": "0.03"}, "$0.03"),
    "acme/by-length": ({"overrides": [{"min_prompt_tokens": 32_000, **per_token("6", "7")}]}, "$6"),
    "acme/by-hour": (
        {"overrides": [{"utc_start": 100, "utc_end": 400, **per_token("6", "7")}]},
        "$6",
    ),
}


@pytest.fixture(scope="module")
def site() -> RefreshedSite:
    records = [
        listed(model_id, {**NOTHING, **bills}, architecture=TAKES_IMAGES)
        for model_id, (bills, _) in BILLS.items()
    ]
    site = RefreshedSite()
    site.refresh([*records, listed(REALLY_FREE, NOTHING)], datetime(2026, 8, 22, tzinfo=UTC))
    return site


def test_only_a_model_that_bills_nothing_is_among_the_free(site: RefreshedSite) -> None:
    assert [m["id"] for m in site.json("/api/models", is_="free")["models"]] == [REALLY_FREE]
    explorer = site.text("/", is_="free")
    assert f'href="/{REALLY_FREE}"' in explorer
    assert [model_id for model_id in BILLS if f'href="/{model_id}"' in explorer] == []
    csv = site.text("/models.csv", is_="free")
    assert [line.split(",")[0] for line in csv.split("\r\n")[1:-1]] == [REALLY_FREE]


def test_the_free_model_says_so_everywhere(site: RefreshedSite) -> None:
    assert site.description(REALLY_FREE).startswith("Free")
    assert "Free" in site.card(f"/{REALLY_FREE}")
    assert "Free" in site.page(REALLY_FREE)


@pytest.mark.parametrize("model_id", BILLS)
def test_a_model_that_bills_something_is_called_free_nowhere(
    site: RefreshedSite, model_id: str
) -> None:
    (row,) = [m for m in site.json("/api/models")["models"] if m["id"] == model_id]
    said = {
        "page": site.page(model_id),
        "markdown": site.markdown(model_id),
        "description": site.description(model_id),
        "card": site.card(f"/{model_id}"),
        "comparison": "\n".join(site.lines("/compare", m=model_id)),
        "card of the comparison": site.card("/compare", m=model_id),
        "badge": site.text(f"/{model_id}/badge.svg"),
        "list": str(row["price"]),
    }

    assert [name for name, text in said.items() if CLAIM.search(text)] == []


@pytest.mark.parametrize("model_id", BILLS)
def test_a_model_that_bills_something_says_what(site: RefreshedSite, model_id: str) -> None:
    _, amount = BILLS[model_id]
    for text in (site.page(model_id), site.markdown(model_id)):
        assert re.search(rf"{re.escape(amount)}(?![\d.,])", text)


@pytest.mark.parametrize("model_id", ["acme/by-length", "acme/by-request"])
def test_work_that_is_billed_costs_the_same_everywhere(site: RefreshedSite, model_id: str) -> None:
    # A long document: 100,000 tokens at $6 a million and 2,000 at $7; or one request.
    cost = "0.614" if model_id == "acme/by-length" else "0.03"
    work = {"in_": 100_000, "out": 2_000}

    assert site.example_cost(model_id, "A long document") == f"${cost}"
    assert site.compare_cost(model_id, **work) == f"${cost}"
    assert site.api_cost(model_id, **work) == cost
