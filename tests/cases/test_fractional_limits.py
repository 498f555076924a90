"""Limits that are listed as fractions or as digits: whole tokens, rounded down."""

from datetime import UTC, datetime

import pytest

from tests.support.records_as_listed import listed, others, per_token
from tests.support.refreshed_site import RefreshedSite

MODEL = "acme/fraction"


@pytest.fixture(scope="module")
def site() -> RefreshedSite:
    provider = {"context_length": 30720.6, "max_completion_tokens": 18432.9, "is_moderated": False}
    odd = listed(MODEL, per_token("1", "3"), context_length=30720.6, top_provider=provider)
    site = RefreshedSite()
    site.refresh([odd, *others(9)], datetime(2026, 8, 22, tzinfo=UTC))
    return site


def test_fractions_of_tokens_are_rounded_down(site: RefreshedSite) -> None:
    record = site.record(MODEL)

    assert (record["context_length"], record["max_completion_tokens"]) == (30_720, 18_432)
    assert record["openrouter_raw"]["context_length"] == 30720.6


def test_a_page_shows_limits_in_whole_tokens(site: RefreshedSite) -> None:
    for text in (site.page(MODEL), site.markdown(MODEL)):
        assert "30,720 tokens" in text
        assert "18,432 tokens" in text
        assert "30,721" not in text
        assert "18,433" not in text
