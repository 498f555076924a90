"""One odd field costs that field. A record that cannot be read keeps its facts and their date."""

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.support.records_as_listed import listed, others, per_token
from tests.support.refreshed_site import RefreshedSite

FIRST, SECOND = datetime(2026, 8, 1, tzinfo=UTC), datetime(2026, 8, 22, tzinfo=UTC)
UNREADABLE = "could not be read"
NAMES = ("ok", "tier", "empty", "limit", "broken")
BEFORE = [*(listed(f"acme/{name}", per_token("1", "3")) for name in NAMES), *others(15)]
UNKNOWN_CONDITION = {"moon_phase": ["full"], "prompt": "0.000001"}
AFTER = [
    listed("acme/ok", per_token("2", "4")),
    listed("acme/tier", per_token("5", "9", overrides=[UNKNOWN_CONDITION])),
    listed("acme/empty", {"prompt": "", "completion": "0.000009"}),
    listed("acme/limit", per_token("9", "9"), context_length="262144"),
    listed("acme/broken", {"prompt": "cheap", "completion": "0.000009"}),
    *others(15),
]


@pytest.fixture(scope="module")
def site() -> RefreshedSite:
    site = RefreshedSite()
    site.refresh(BEFORE, FIRST)
    site.refresh(AFTER, SECOND)
    return site


def said_dates(value: Any) -> str:
    """The JSON of a record, without what upstream said."""
    return json.dumps({name: v for name, v in value.items() if name != "openrouter_raw"})


def lines_with(text: str, words: str) -> list[str]:
    return [line for line in text.splitlines() if words in line and UNREADABLE not in line]


def test_only_an_unusable_price_sets_a_record_aside() -> None:
    site = RefreshedSite()
    site.refresh(BEFORE, FIRST)

    (skipped,) = site.refresh(AFTER, SECOND).skipped_records

    assert "acme/broken" in skipped


def test_a_record_that_was_read_has_the_date_of_its_list(site: RefreshedSite) -> None:
    assert "as of 22 August 2026" in site.page("acme/ok")
    assert "as of 22 August 2026" in site.markdown("acme/ok")
    assert site.head("/acme/ok").json_ld["dateModified"] == SECOND.isoformat()
    assert SECOND.isoformat()[:10] in said_dates(site.record("acme/ok"))
    assert site.description("acme/ok").startswith("$2/M in, $4/M out")
    for text in (site.page("acme/ok"), site.markdown("acme/ok")):
        assert UNREADABLE not in text


def test_the_page_of_an_unreadable_record_dates_its_facts(site: RefreshedSite) -> None:
    for text in (site.page("acme/broken"), site.markdown("acme/broken")):
        assert "as of 1 August 2026" in text
        assert UNREADABLE in text
        assert lines_with(text, "22 August 2026") == []
    assert site.description("acme/broken").startswith("$1/M in, $3/M out")


def test_the_api_dates_the_facts_of_an_unreadable_record(site: RefreshedSite) -> None:
    record = site.record("acme/broken")

    assert record["PPM"] == {"prompt": 1, "completion": 3}
    assert "2026-08-01" in said_dates(record)
    assert record["openrouter_raw"]["pricing"]["prompt"] == "0.000001"


def test_json_ld_dates_the_facts_of_an_unreadable_record(site: RefreshedSite) -> None:
    data = site.head("/acme/broken").json_ld

    assert data["dateModified"] == FIRST.isoformat()
    assert "2026-08-22" not in json.dumps(data)


def test_a_card_and_a_feed_date_the_facts_as_well(site: RefreshedSite) -> None:
    card, feed = site.card("/acme/broken"), site.text("/acme/broken/feed.xml")

    assert "$1" in card
    assert re.search(r"\b1 Aug", card)
    assert "22 Aug" not in card
    assert "2026-08-01" in feed
    assert lines_with(feed, "2026-08-22") == []


def test_a_comparison_and_the_list_keep_the_last_readable_price(site: RefreshedSite) -> None:
    (row,) = [m for m in site.json("/api/models")["models"] if m["id"] == "acme/broken"]

    assert row["price"] == "$1/M in, $3/M out"
    assert site.compare_cost("acme/broken", in_=2000, out=500) == "$0.0035"
    assert site.api_cost("acme/broken", in_=2000, out=500) == "0.0035"


def test_an_unknown_condition_costs_that_condition_alone(site: RefreshedSite) -> None:
    for text in (site.page("acme/tier"), site.markdown("acme/tier")):
        assert "$5" in text
        assert "other prices apply" in text.lower()
        assert "$1" not in text.partition("History")[0]
    assert "moon_phase" in site.text("/acme/tier")
    assert "$5/M in, $9/M out" in site.description("acme/tier")
    assert site.record("acme/tier")["PPM"] == {"prompt": 5, "completion": 9}


def test_an_unknown_weekday_costs_that_condition_alone() -> None:
    unknown_day = {"utc_days": ["monday", "moonday"], **per_token("1", "1")}
    site = RefreshedSite()
    site.refresh([listed("acme/day", per_token("5", "9", overrides=[unknown_day]))], SECOND)

    assert site.ask("/acme/day").status == 200
    assert "$5/M in, $9/M out" in site.description("acme/day")
    assert "other prices apply" in site.page("acme/day").lower()


def test_an_empty_price_is_not_published(site: RefreshedSite) -> None:
    record = site.record("acme/empty")

    assert record["PPM"].get("prompt") is None
    assert record["PPM"]["completion"] == 9
    assert "$9/M out" in site.description("acme/empty")
    assert "free" not in site.description("acme/empty").lower()
    assert "not published" in site.page("acme/empty")
    assert "$0" not in site.page("acme/empty").partition("History")[0]
    assert site.api_cost("acme/empty", in_=2000, out=500) is None


def test_a_limit_in_digits_is_the_number(site: RefreshedSite) -> None:
    assert site.record("acme/limit")["context_length"] == 262_144
    assert "262,144 tokens" in site.page("acme/limit")
    assert site.description("acme/limit").startswith("$9/M in, $9/M out")
