import pytest

from handler.domain.arena.manual_matches import (
    MANUAL_EFFORTS,
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
        ("Z.ai", "z-ai", True),
        ("xAI", "x-ai", True),
        ("Moonshot AI", "moonshotai", True),
        ("stepfun", "stepfun-ai", True),
        ("StepFun", "stepfun", True),
        ("alibaba", "qwen", True),
        ("mistral", "mistralai", True),
        ("moonshot", "moonshotai", True),
        ("deepseek", "tngtech", False),
        ("xai", "z-ai", False),
        ("openai", "azure", False),
    ],
)
def test_organization_matches_author_by_name_or_table(
    organization: str, author: str, same: bool
) -> None:
    assert is_same_organization(organization, author) is same


def test_each_manual_match_has_a_reason_for_readers() -> None:
    reasons = [reason for _, reason in MANUAL_MATCHES.values()] + list(MANUAL_REJECTIONS.values())

    assert all(
        reason and collapse_whitespace(reason) == reason and not reason.endswith(".")
        for reason in reasons
    )


def test_no_row_is_both_matched_and_rejected_by_hand() -> None:
    matched = {name for name, _ in MANUAL_MATCHES.values()} | MANUAL_EFFORTS.keys()

    assert MANUAL_REJECTIONS.keys().isdisjoint(matched)


def test_no_row_is_both_a_rank_and_another_effort() -> None:
    assert MANUAL_EFFORTS.keys().isdisjoint(name for name, _ in MANUAL_MATCHES.values())
