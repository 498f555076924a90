import pytest

from handler.domain.arena.manual_matches import REFUSED, REVIEWED, is_author
from handler.domain.text import one_line


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
    assert is_author(organization, author) is same


def test_each_review_gives_a_reason_that_a_page_can_show() -> None:
    reasons = [why for _, why in REVIEWED.values()] + list(REFUSED.values())

    assert all(why and one_line(why) == why and not why.endswith(".") for why in reasons)


def test_no_row_is_both_reviewed_and_refused() -> None:
    assert REFUSED.keys().isdisjoint(name for name, _ in REVIEWED.values())
