from datetime import date
from typing import Any

import pytest

from handler.domain.arena.leaderboard import Leaderboard, LeaderboardRow, parse_leaderboard

ROW: dict[str, Any] = {
    "category": "overall",
    "rank": 2,
    "model_name": "one-high",
    "organization": "acme",
    "license": "Proprietary",
    "rating": 1504.5,
    "rating_lower": 1501.0,
    "rating_upper": 1508.0,
    "variance": 3.2,
    "vote_count": 72392.0,
    "leaderboard_publish_date": "2026-08-19",
}
PARSED_ROW = LeaderboardRow(2, "one-high", "acme", 1504.5, 1501.0, 1508.0, 72392)


def test_record_gives_a_row_and_the_publication_date() -> None:
    assert parse_leaderboard([ROW]) == (Leaderboard(date(2026, 8, 19), (PARSED_ROW,)), ())


def test_date_category_and_organization_are_optional() -> None:
    row = {**ROW, "organization": "", "leaderboard_publish_date": None, "category": None}

    leaderboard, problems = parse_leaderboard([row])

    unnamed = LeaderboardRow(2, "one-high", "", 1504.5, 1501.0, 1508.0, 72392)
    assert (leaderboard, problems) == (Leaderboard(None, (unnamed,)), ())


def test_five_thousand_rows_are_read() -> None:
    leaderboard, problems = parse_leaderboard(
        [{**ROW, "model_name": f"m{number}"} for number in range(5_001)]
    )

    assert len(leaderboard.rows) == 5_000
    assert problems == ("leaderboard row 5000: there are 5,000 rows before it",)


def test_a_billion_votes_are_not_out_of_range() -> None:
    assert parse_leaderboard([{**ROW, "vote_count": 1_000_000_000}])[1] == ()


def test_publication_date_is_the_latest_of_all_rows() -> None:
    older = {**ROW, "model_name": "two", "leaderboard_publish_date": "2026-08-12"}

    assert parse_leaderboard([ROW, older])[0].published == date(2026, 8, 19)


def test_rows_of_another_category_are_ignored() -> None:
    assert parse_leaderboard([{**ROW, "category": "coding"}]) == (Leaderboard(None, ()), ())


def test_ranks_may_tie() -> None:
    leaderboard, problems = parse_leaderboard([ROW, {**ROW, "model_name": "two"}])

    assert [row.rank for row in leaderboard.rows] == [2, 2]
    assert problems == ()


def test_text_is_collapsed_to_one_line_and_bounded() -> None:
    leaderboard, _ = parse_leaderboard(
        [{**ROW, "model_name": " one\n\u202etwo" + "x" * 900, "organization": "ac\x00me"}]
    )

    row = leaderboard.rows[0]
    assert row.name.startswith("one twoxxx")
    assert len(row.name) < 200
    assert row.organization == "acme"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (None, "it is NoneType, not an object"),
        ([], "it is list, not an object"),
        ({}, "it has no model_name"),
        ({**ROW, "model_name": " \n"}, "it has no model_name"),
        ({**ROW, "model_name": 5}, "model_name is int, not a string"),
        ({**ROW, "organization": ["acme"]}, "organization is list, not a string"),
        ({**ROW, "rank": 0}, "rank is 0, no whole number from 1"),
        ({**ROW, "rank": 1.5}, "rank is 1.5, no whole number from 1"),
        ({**ROW, "rank": True}, "rank is bool, not a number"),
        ({**ROW, "rank": None}, "rank is NoneType, not a number"),
        ({**ROW, "rank": 10**400}, "rank is out of range"),
        ({**ROW, "vote_count": 1_000_000_001}, "vote_count is out of range"),
        ({**ROW, "vote_count": -1.0}, "vote_count is -1.0, no whole number from 0"),
        ({**ROW, "vote_count": "many"}, "vote_count is str, not a number"),
        ({**ROW, "rating": float("nan")}, "rating is out of range"),
        ({**ROW, "rating_lower": float("-inf")}, "rating_lower is out of range"),
        ({**ROW, "rating_upper": float("inf")}, "rating_upper is out of range"),
        ({**ROW, "rating_upper": 1500}, "the rating of 'one-high' is not between its bounds"),
    ],
    ids=lambda value: str(value)[:40] if isinstance(value, str) else "",
)
def test_invalid_row_is_skipped_with_a_reason(row: object, problem: str) -> None:
    leaderboard, problems = parse_leaderboard([row, {**ROW, "model_name": "two"}])

    assert [row.name for row in leaderboard.rows] == ["two"]
    assert problems == (f"leaderboard row 0: {problem}",)


def test_repeated_name_is_skipped() -> None:
    leaderboard, problems = parse_leaderboard([ROW, {**ROW, "rank": 9}])

    assert leaderboard.rows == (PARSED_ROW,)
    assert problems == ("leaderboard row 1: 'one-high' stands in an earlier row",)


@pytest.mark.parametrize(
    ("ranks", "of"), [([], 0), ([1, 1, 3], 3), ([1, 393], 393)], ids=["none", "a tie", "a gap"]
)
def test_total_ranked_is_the_row_count_or_the_last_rank(ranks: list[int], of: int) -> None:
    rows = [{**ROW, "rank": rank, "model_name": f"m{i}"} for i, rank in enumerate(ranks)]

    assert parse_leaderboard(rows)[0].total_ranked == of
