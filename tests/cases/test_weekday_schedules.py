"""Schedules with weekdays: each model keeps its page, which says when which price holds."""

from datetime import UTC, datetime

import pytest

from tests.support.records_as_listed import listed, per_token
from tests.support.refreshed_site import RefreshedSite

# A Tuesday, in the cheap hours.
AS_OF = datetime(2026, 10, 6, 12, 51, tzinfo=UTC)
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday"]
LOW, HIGH = per_token("0.4", "1.2"), per_token("0.8", "2.4")


def on_weekdays(start: int, end: int, prices: dict[str, str]) -> dict[str, object]:
    return {"utc_days": WEEKDAYS, "utc_start": start, "utc_end": end, **prices}


WEEKDAY_PEAKS = {
    **LOW,
    "overrides": [
        {"utc_days": ["saturday", "sunday"], **LOW},
        on_weekdays(0, 100, LOW),
        on_weekdays(100, 400, HIGH),
        on_weekdays(400, 600, LOW),
        on_weekdays(600, 1000, HIGH),
        on_weekdays(1000, 0, LOW),
    ],
}
CHEAP_EVENINGS = {
    **per_token("0.9", "2.7"),
    "overrides": [
        {"utc_start": 0, "utc_end": 1600, **per_token("0.9", "2.7")},
        {"utc_start": 1600, "utc_end": 0, **per_token("0.75", "2.25")},
    ],
}
LONG_PROMPTS = {
    **per_token("0.1", "0.5"),
    "overrides": [{"min_prompt_tokens": 100_000, **per_token("0.5", "2.5")}],
}
SCHEDULES = {
    "acme/peaks": WEEKDAY_PEAKS,
    "acme/evenings": CHEAP_EVENINGS,
    "acme/long": LONG_PROMPTS,
}


@pytest.fixture(scope="module")
def site() -> RefreshedSite:
    site = RefreshedSite()
    records = [listed(model_id, pricing) for model_id, pricing in SCHEDULES.items()]
    site.refresh(records, AS_OF, forced=True)
    return site


@pytest.mark.parametrize("model_id", SCHEDULES)
def test_a_model_with_a_schedule_has_every_representation(
    site: RefreshedSite, model_id: str
) -> None:
    for path in (f"/{model_id}", f"/{model_id}.md", f"/api/models/{model_id}"):
        assert site.ask(path).status == 200
    assert site.record(model_id)["pricing"] == SCHEDULES[model_id]


def test_peaks_on_weekdays_are_said_with_their_days(site: RefreshedSite) -> None:
    words = "$0.40/M; $0.80/M on weekdays 01:00–04:00 and 06:00–10:00 UTC"

    assert words in site.page("acme/peaks")
    assert words in site.markdown("acme/peaks")


def test_prices_by_the_clock_have_from_in_their_headline(site: RefreshedSite) -> None:
    assert "from $0.40/M in, $1.20/M out" in site.description("acme/peaks")
    assert "from $0.75/M in, $2.25/M out" in site.description("acme/evenings")
    for model_id in ("acme/peaks", "acme/evenings"):
        assert "by the hour" in site.description(model_id)[:80]
        assert "by the hour" in site.card(f"/{model_id}")
        assert "from" in site.card(f"/{model_id}")


def test_cheaper_evenings_end_at_midnight(site: RefreshedSite) -> None:
    for text in (site.page("acme/evenings"), site.markdown("acme/evenings")):
        assert "$0.75/M" in text
        assert "16:00–24:00 UTC" in text


def test_a_page_says_what_held_when_the_list_was_read(site: RefreshedSite) -> None:
    peaks, evenings = site.page("acme/peaks"), site.page("acme/evenings")

    assert "At 12:51 UTC on 6 October: $0.40/M, until 01:00 UTC" in peaks
    assert "At 12:51 UTC on 6 October: $0.90/M, until 16:00 UTC" in evenings


def test_a_threshold_of_the_prompt_is_still_shown(site: RefreshedSite) -> None:
    page = site.page("acme/long").lower()

    assert "over 100,000 prompt tokens" in page
    assert "from $0.10/m in, $0.50/m out" in site.description("acme/long").lower()
