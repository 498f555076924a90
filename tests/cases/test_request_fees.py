"""A fee for each request is part of every cost, and of every headline."""

from datetime import UTC, datetime

import pytest

from tests.support.records_as_listed import listed, per_token
from tests.support.refreshed_site import RefreshedSite

SEARCHER, PLAIN, WEB = "acme/searcher", "acme/plain", "acme/web"
CHAT = {"in_": 2000, "out": 500}
DAY = {"in_": 50_000, "out": 1_000, "requests": 200}
DOCUMENT = {"in_": 100_000, "out": 2_000}


@pytest.fixture(scope="module")
def site() -> RefreshedSite:
    site = RefreshedSite()
    records = [
        listed(SEARCHER, per_token("2", "2", request="0.004")),
        listed(PLAIN, per_token("2.2", "2.2")),
        listed(WEB, per_token("4", "12", web_search="0.015")),
    ]
    site.refresh(records, datetime(2026, 8, 22, tzinfo=UTC))
    return site


@pytest.mark.parametrize(
    ("model_id", "cost"), [(SEARCHER, "0.009"), (PLAIN, "0.0055"), (WEB, "0.014")]
)
def test_a_chat_turn_has_one_cost_everywhere(site: RefreshedSite, model_id: str, cost: str) -> None:
    assert site.example_cost(model_id, "A chat turn") == f"${cost}"
    assert site.compare_cost(model_id, **CHAT) == f"${cost}"
    assert site.api_cost(model_id, **CHAT) == cost


def test_each_request_of_a_day_pays_the_fee(site: RefreshedSite) -> None:
    # 200 times 51,000 tokens at $2 a million, and 200 fees.
    assert site.example_cost(SEARCHER, "A day of agentic coding") == "$21.20"
    assert site.compare_cost(SEARCHER, **DAY) == "$21.20"
    assert site.api_cost(SEARCHER, **DAY) == "21.2"


def test_the_model_without_a_fee_is_the_cheaper_one(site: RefreshedSite) -> None:
    lines = site.lines("/compare", m=[PLAIN, SEARCHER], **CHAT)
    costs = next(line for line in lines if line.startswith("Total cost"))

    _, plain, searcher = costs.split(" | ")
    assert plain.split() == ["$0.0055", "cheapest"]
    assert searcher == "$0.009"


def test_headline_and_card_name_the_fee(site: RefreshedSite) -> None:
    headline = "$2/M in, $2/M out, + $0.004/request"

    assert site.description(SEARCHER).startswith(headline)
    (row,) = [m for m in site.json("/api/models")["models"] if m["id"] == SEARCHER]
    assert row["price"] == headline
    assert "+ $0.004/request" in site.card(f"/{SEARCHER}")
    assert "/request" not in site.card(f"/{PLAIN}")


def test_the_fee_of_a_search_is_named_beside_the_estimate(site: RefreshedSite) -> None:
    lines = site.lines(f"/{WEB}")
    work = "\n".join(lines[lines.index("Example costs") :]).partition("\nDescription")[0]
    compared = "\n".join(site.lines("/compare", m=WEB, **CHAT))

    for text in (work, compared):
        assert "$0.015" in text
        assert "search" in text.lower()


@pytest.mark.parametrize("model_id", [SEARCHER, PLAIN])
def test_a_long_prompt_costs_what_its_tier_asks(site: RefreshedSite, model_id: str) -> None:
    tier = {"min_prompt_tokens": 32_000, **per_token("4", "10")}
    fee = {"request": "0.004"} if model_id == SEARCHER else {}
    tiered = RefreshedSite()
    record = listed(model_id, per_token("2", "5", overrides=[tier], **fee))
    tiered.refresh([record], datetime(2026, 8, 22, tzinfo=UTC))
    cost = "0.424" if fee else "0.42"

    assert tiered.example_cost(model_id, "A long document") == f"${cost}"
    assert tiered.compare_cost(model_id, **DOCUMENT) == f"${cost}"
    assert tiered.api_cost(model_id, **DOCUMENT) == cost
