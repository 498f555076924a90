"""Lists whose base price is that of the hour in which they were served tell no change."""

import re
from datetime import UTC, datetime

import pytest

from tests.support.records_as_listed import listed, per_token
from tests.support.refreshed_site import RefreshedSite

LOW, HIGH = per_token("0.4", "1.2"), per_token("0.8", "2.4")
WEEK = [
    {"utc_start": 100, "utc_end": 400, **HIGH},
    {"utc_start": 600, "utc_end": 1000, **HIGH},
    {"utc_start": 400, "utc_end": 600, **LOW},
    {"utc_start": 1000, "utc_end": 100, **LOW},
]
MODEL = "acme/by-hour"
PEAK = datetime(2026, 8, 20, 8, 10, tzinfo=UTC)
AFTERNOON = datetime(2026, 8, 20, 12, 51, tzinfo=UTC)
HEADLINE = "from $0.40/M in, $1.20/M out"


def records(base: dict[str, str]) -> list[dict[str, object]]:
    return [listed(MODEL, {**base, "overrides": WEEK}), listed("acme/other", per_token("1", "3"))]


@pytest.fixture(scope="module")
def site() -> RefreshedSite:
    site = RefreshedSite()
    site.refresh(records(HIGH), PEAK)
    site.refresh(records(LOW), AFTERNOON)
    return site


def test_the_price_of_another_hour_is_no_event(site: RefreshedSite) -> None:
    assert site.events(MODEL) == []
    for path in (f"/{MODEL}/feed.xml?kind=price", "/feed.xml?kind=price"):
        path, _, kind = path.partition("?kind=")
        assert site.text(path, kind=kind).count("<entry>") == 0
    assert "No change of price" in site.page(MODEL)


def test_the_next_list_reports_no_changed_model() -> None:
    site = RefreshedSite()
    site.refresh(records(HIGH), PEAK)

    assert site.refresh(records(LOW), AFTERNOON).changes.changed == ()


def test_a_headline_is_the_same_at_every_hour(site: RefreshedSite) -> None:
    at_peak = RefreshedSite()
    at_peak.refresh(records(HIGH), PEAK)

    for each in (at_peak, site):
        assert each.description(MODEL).startswith(HEADLINE)
        (row,) = [row for row in each.json("/api/models")["models"] if row["id"] == MODEL]
        assert row["price"].startswith(HEADLINE)
    assert at_peak.card(f"/{MODEL}") == site.card(f"/{MODEL}")


def test_the_week_is_told_in_words(site: RefreshedSite) -> None:
    for text in (site.page(MODEL), site.markdown(MODEL)):
        assert re.search(
            r"\$0\.40/M; \$0\.80/M [^;.]*\b01:00–04:00 and 06:00–10:00 UTC", text, re.IGNORECASE
        )


def test_a_page_says_what_held_at_its_own_time(site: RefreshedSite) -> None:
    at_peak = RefreshedSite()
    at_peak.refresh(records(HIGH), PEAK)

    assert "At 12:51 UTC on 20 August: $0.40/M, until 01:00 UTC" in site.page(MODEL)
    assert "At 08:10 UTC on 20 August: $0.80/M, until 10:00 UTC" in at_peak.page(MODEL)


def test_a_page_without_scripts_never_says_now(site: RefreshedSite) -> None:
    for text in (site.page(MODEL), site.markdown(MODEL), site.description(MODEL)):
        assert not re.search(r"\b(now|currently)\b", text, re.IGNORECASE)


def test_another_price_of_the_same_hours_is_an_event(site: RefreshedSite) -> None:
    dearer = [{**entry, **per_token("1.6", "4.8")} for entry in WEEK[:2]] + WEEK[2:]
    changed = RefreshedSite()
    changed.refresh(records(HIGH), PEAK)
    changed.refresh([listed(MODEL, {**LOW, "overrides": dearer}), records(LOW)[1]], AFTERNOON)

    (event,) = changed.events(MODEL)

    assert (event["fact"], event["moment"]) == ("price", AFTERNOON.isoformat())
