import pytest

from handler.domain.arena.manual_matches import (
    MANUAL_MATCHES,
    MANUAL_REJECTIONS,
    is_same_organization,
)
from handler.domain.text import collapse_whitespace


@pytest.mark.parametrize(
    ("organization", "author", "same"),
    [
        ("openai", "openai", True),
        ("Google", "google", True),
        ("meta", "meta-llama", True),
        ("meta", "meta", True),
        ("zai", "z-ai", True),
        ("alibaba", "qwen", True),
        ("mistral", "mistralai", True),
        ("moonshot", "moonshotai", True),
        ("deepseek", "tngtech", False),
        ("xai", "z-ai", False),
        ("openai", "azure", False),
    ],
)
def test_an_organization_is_an_author_by_name_or_by_review(
    organization: str, author: str, same: bool
) -> None:
    assert is_same_organization(organization, author) is same


def test_each_review_gives_a_reason_that_a_page_can_show() -> None:
    reasons = [why for _, why in MANUAL_MATCHES.values()] + list(MANUAL_REJECTIONS.values())

    assert all(why and collapse_whitespace(why) == why and not why.endswith(".") for why in reasons)


def test_no_row_is_both_reviewed_and_refused() -> None:
    assert MANUAL_REJECTIONS.keys().isdisjoint(name for name, _ in MANUAL_MATCHES.values())
