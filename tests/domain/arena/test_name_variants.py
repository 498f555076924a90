from datetime import date

import pytest

from handler.domain.arena.name_variants import (
    NO_THINKING,
    THINKING,
    ParsedName,
    PartialDate,
    days_before,
    normalize_name,
    parse_dated_name,
    parse_name_variants,
    same_day,
    spelling_key,
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
def test_names_are_normalized_to_letters_and_digits(text: str, name: str) -> None:
    assert normalize_name(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("claude-opus-4-20250514", ParsedName("claude-opus-4", PartialDate(2025, 5, 14))),
        ("gpt-4.1-2025-04-14", ParsedName("gpt-4-1", PartialDate(2025, 4, 14))),
        ("gpt-4-0613", ParsedName("gpt-4", PartialDate(None, 6, 13))),
        ("qwen3-32b-04-28", ParsedName("qwen3-32b", PartialDate(None, 4, 28))),
        ("x-0229", ParsedName("x", PartialDate(None, 2, 29))),
        ("mistral-medium-2508", ParsedName("mistral-medium-2508")),
        ("gemini-2.5-flash-preview-09-2025", ParsedName("gemini-2-5-flash-preview-09-2025")),
        ("step-1o-turbo-202506", ParsedName("step-1o-turbo-202506")),
        ("gemini-1.5-pro-002", ParsedName("gemini-1-5-pro-002")),
        ("x-2025-02-30", ParsedName("x-2025-02-30")),
        ("x-0230", ParsedName("x-0230")),
        ("o3-mini-high", ParsedName("o3-mini-high")),
    ],
)
def test_valid_date_at_the_end_is_split_off(text: str, name: ParsedName) -> None:
    assert parse_dated_name(text) == name


@pytest.mark.parametrize(
    ("text", "stem", "day", "effort"),
    [
        ("claude-opus-5-high", "claude-opus-5", None, "high"),
        ("claude-opus-5-20260101-high-32k", "claude-opus-5", PartialDate(2026, 1, 1), "high"),
        ("claude-4-20250514-thinking-16k", "claude-4", PartialDate(2025, 5, 14), THINKING),
        ("deepseek-v4-pro-high-20260813", "deepseek-v4-pro", PartialDate(2026, 8, 13), "high"),
        ("muse-spark-1.2 (xHigh)", "muse-spark-1-2", None, "xhigh"),
        ("gemini-3-flash (thinking-minimal)", "gemini-3-flash", None, "minimal"),
        ("mimo-v2-flash (non-thinking)", "mimo-v2-flash", None, NO_THINKING),
        ("qwen3-235b-a22b-no-thinking", "qwen3-235b-a22b", None, NO_THINKING),
        ("grok-4-fast-reasoning", "grok-4-fast", None, THINKING),
    ],
)
def test_effort_at_the_end_gives_two_readings(
    text: str, stem: str, day: PartialDate | None, effort: str
) -> None:
    assert parse_name_variants(text) == (parse_dated_name(text), ParsedName(stem, day, effort))


@pytest.mark.parametrize(
    ("text", "stem", "day", "build"),
    [
        ("one-405b-fp8", "one-405b", None, "fp8"),
        ("one-405b-BF16", "one-405b", None, "bf16"),
        ("one-nvfp4", "one", None, "nvfp4"),
        ("one-1.5-flash-002", "one-1-5-flash", None, "002"),
        ("one-20250520-fp8", "one", PartialDate(2025, 5, 20), "fp8"),
    ],
)
def test_build_at_the_end_gives_two_readings(
    text: str, stem: str, day: PartialDate | None, build: str
) -> None:
    reading = ParsedName(stem, day, build=build)
    assert parse_name_variants(text) == (parse_dated_name(text), reading)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("gemini-1-5-pro", "gemini-pro-1-5", True),
        ("step-3", "step3", True),
        ("llama-3-3-nemotron-49b-super-v1", "llama-3-3-nemotron-super-49b-v1", True),
        ("one-1-5", "one-5-1", False),
        ("one-15", "one-1-5", False),
        ("one-8b", "one-b-8", False),
        ("one-turbo", "one", False),
        ("one-one", "one", False),
    ],
)
def test_spelling_key_ignores_joints_and_the_order_of_words(
    one: str, other: str, same: bool
) -> None:
    assert (spelling_key(one) == spelling_key(other)) is same


@pytest.mark.parametrize(
    "text",
    [
        "gpt-4-32k",
        "gpt-5.5-instant",
        "grok-4-fast-chat",
        "x-high-preview",
        "highest",
        "max",
        "one-v1",
        "fp8",
    ],
)
def test_ambiguous_suffix_is_not_an_effort(text: str) -> None:
    assert parse_name_variants(text) == (parse_dated_name(text),)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (PartialDate(2025, 1, 25), PartialDate(2025, 1, 25), True),
        (PartialDate(2025, 1, 25), PartialDate(None, 1, 25), True),
        (PartialDate(2025, 1, 25), PartialDate(2024, 1, 25), False),
        (PartialDate(None, 1, 25), PartialDate(None, 1, 26), False),
    ],
    ids=["equal", "no year", "another year", "another day"],
)
def test_partial_dates_are_the_same_unless_they_contradict(
    one: PartialDate, other: PartialDate, same: bool
) -> None:
    assert same_day(one, other) is same
    assert same_day(other, one) is same


@pytest.mark.parametrize(
    ("day", "reference", "days"),
    [
        (PartialDate(2025, 11, 1), date(2025, 11, 24), 23),
        (PartialDate(2026, 1, 2), date(2026, 1, 1), -1),
        (PartialDate(None, 12, 31), date(2026, 1, 1), 1),
        (PartialDate(None, 1, 1), date(2025, 12, 31), -1),
        (PartialDate(None, 2, 29), date(2025, 3, 1), 1),
        (PartialDate(None, 12, 30), date(9999, 12, 31), 1),
    ],
    ids=["before", "after", "last year", "next year", "no leap year", "the last year"],
)
def test_date_without_year_is_the_nearest_one(day: PartialDate, reference: date, days: int) -> None:
    assert days_before(day, reference) == days
