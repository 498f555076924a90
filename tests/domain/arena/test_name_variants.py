from datetime import date

import pytest

from handler.domain.arena.name_variants import (
    NO_THINKING,
    THINKING,
    Day,
    Name,
    dated_name,
    days_before,
    normalised,
    readings,
    same_day,
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Inkling Small", "inkling-small"),
        ("muse-spark-1.2 (xHigh)", "muse-spark-1-2-xhigh"),
        ("RWKV_4..Raven-", "rwkv-4-raven"),
        ("", ""),
    ],
)
def test_names_are_compared_by_their_letters_and_digits(text: str, name: str) -> None:
    assert normalised(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("claude-opus-4-20250514", Name("claude-opus-4", Day(2025, 5, 14))),
        ("gpt-4.1-2025-04-14", Name("gpt-4-1", Day(2025, 4, 14))),
        ("gpt-4-0613", Name("gpt-4", Day(None, 6, 13))),
        ("qwen3-32b-04-28", Name("qwen3-32b", Day(None, 4, 28))),
        ("x-0229", Name("x", Day(None, 2, 29))),
        ("mistral-medium-2508", Name("mistral-medium-2508")),
        ("gemini-2.5-flash-preview-09-2025", Name("gemini-2-5-flash-preview-09-2025")),
        ("step-1o-turbo-202506", Name("step-1o-turbo-202506")),
        ("gemini-1.5-pro-002", Name("gemini-1-5-pro-002")),
        ("x-2025-02-30", Name("x-2025-02-30")),
        ("x-0230", Name("x-0230")),
        ("o3-mini-high", Name("o3-mini-high")),
    ],
)
def test_a_date_at_the_end_of_a_name_is_apart_where_there_is_such_a_day(
    text: str, name: Name
) -> None:
    assert dated_name(text) == name


@pytest.mark.parametrize(
    ("text", "stem", "day", "effort"),
    [
        ("claude-opus-5-high", "claude-opus-5", None, "high"),
        ("claude-opus-5-20260101-high-32k", "claude-opus-5", Day(2026, 1, 1), "high"),
        ("claude-4-20250514-thinking-16k", "claude-4", Day(2025, 5, 14), THINKING),
        ("deepseek-v4-pro-high-20260813", "deepseek-v4-pro", Day(2026, 8, 13), "high"),
        ("muse-spark-1.2 (xHigh)", "muse-spark-1-2", None, "xhigh"),
        ("gemini-3-flash (thinking-minimal)", "gemini-3-flash", None, "minimal"),
        ("mimo-v2-flash (non-thinking)", "mimo-v2-flash", None, NO_THINKING),
        ("qwen3-235b-a22b-no-thinking", "qwen3-235b-a22b", None, NO_THINKING),
        ("grok-4-fast-reasoning", "grok-4-fast", None, THINKING),
    ],
)
def test_an_effort_at_the_end_of_a_name_may_be_one_or_part_of_the_name(
    text: str, stem: str, day: Day | None, effort: str
) -> None:
    assert readings(text) == (dated_name(text), Name(stem, day, effort))


@pytest.mark.parametrize(
    "text",
    ["gpt-4-32k", "gpt-5.5-instant", "grok-4-fast-chat", "x-high-preview", "highest", "max"],
)
def test_what_may_be_another_model_is_no_effort(text: str) -> None:
    assert readings(text) == (dated_name(text),)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Day(2025, 1, 25), Day(2025, 1, 25), True),
        (Day(2025, 1, 25), Day(None, 1, 25), True),
        (Day(2025, 1, 25), Day(2024, 1, 25), False),
        (Day(None, 1, 25), Day(None, 1, 26), False),
    ],
    ids=["equal", "no year", "another year", "another day"],
)
def test_days_are_the_same_unless_something_they_both_say_differs(
    one: Day, other: Day, same: bool
) -> None:
    assert same_day(one, other) is same
    assert same_day(other, one) is same


@pytest.mark.parametrize(
    ("day", "reference", "days"),
    [
        (Day(2025, 11, 1), date(2025, 11, 24), 23),
        (Day(2026, 1, 2), date(2026, 1, 1), -1),
        (Day(None, 12, 31), date(2026, 1, 1), 1),
        (Day(None, 1, 1), date(2025, 12, 31), -1),
        (Day(None, 2, 29), date(2025, 3, 1), 1),
        (Day(None, 12, 30), date(9999, 12, 31), 1),
    ],
    ids=["before", "after", "last year", "next year", "no leap year", "the last year"],
)
def test_days_are_counted_to_the_nearest_one_of_that_name(
    day: Day, reference: date, days: int
) -> None:
    assert days_before(day, reference) == days
