"""The authority of feeds: a domain, with a date on which the site had it (RFC 4151)."""

from datetime import date

import pytest

from handler.domain.catalog.feed_authority import fix_authority, new_authority, unfixed_authority

TODAY = date(2026, 11, 27)
NEW = "models.example.org,2026-11-27"


@pytest.mark.parametrize(
    ("site_url", "authority"),
    [
        ("https://models.example.org", NEW),
        ("https://Models.Example.org:8443", NEW),
        ("https://d111111abcdef8.cloudfront.net", "d111111abcdef8.cloudfront.net,2026-11-27"),
        ("https://xn--bcher-kva.example", "xn--bcher-kva.example,2026-11-27"),
        ("http://localhost:8000", ""),
        ("http://127.0.0.1:8000", ""),
        ("http://[::1]:8000", ""),
        ("http://intranet", ""),
        (None, ""),
    ],
)
def test_only_a_domain_becomes_an_authority(site_url: str | None, authority: str) -> None:
    assert new_authority(site_url, TODAY) == authority


@pytest.mark.parametrize(
    ("new", "has_feeds", "fixed"),
    [(NEW, False, NEW), (NEW, True, "models.example.org,2026"), ("", False, ""), ("", True, "")],
)
def test_feeds_that_exist_keep_their_ids(new: str, has_feeds: bool, fixed: str) -> None:
    assert fix_authority(new, has_feeds=has_feeds) == fixed


def test_fixing_an_authority_changes_no_id_of_before() -> None:
    fixed = fix_authority(new_authority("https://a.example", TODAY), has_feeds=True)

    assert fixed == unfixed_authority("https://a.example") == "a.example,2026"
