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
RATING = LeaderboardRow(2, "one-high", "acme", 1504.5, 1501.0, 1508.0, 72392)


def test_a_row_is_read_as_a_rating_and_its_day_as_that_of_the_leaderboard() -> None:
    assert parse_leaderboard([ROW]) == (Leaderboard(date(2026, 8, 19), (RATING,)), ())


def test_rows_without_a_day_a_category_or_an_organization_are_read_all_the_same() -> None:
    row = {**ROW, "organization": "", "leaderboard_publish_date": None, "category": None}

    leaderboard, problems = parse_leaderboard([row])

    unnamed = LeaderboardRow(2, "one-high", "", 1504.5, 1501.0, 1508.0, 72392)
    assert (leaderboard, problems) == (Leaderboard(None, (unnamed,)), ())


def test_the_day_is_the_latest_of_the_rows() -> None:
    older = {**ROW, "model_name": "two", "leaderboard_publish_date": "2026-08-12"}

    assert parse_leaderboard([ROW, older])[0].published == date(2026, 8, 19)


def test_rows_of_another_category_are_no_part_of_it() -> None:
    assert parse_leaderboard([{**ROW, "category": "coding"}]) == (Leaderboard(None, ()), ())


def test_ranks_may_tie() -> None:
    leaderboard, problems = parse_leaderboard([ROW, {**ROW, "model_name": "two"}])

    assert [rating.rank for rating in leaderboard.rows] == [2, 2]
    assert problems == ()


def test_text_is_on_one_line_and_no_longer_than_any_real_one() -> None:
    leaderboard, _ = parse_leaderboard(
        [{**ROW, "model_name": " one\n\u202etwo" + "x" * 900, "organization": "ac\x00me"}]
    )

    rating = leaderboard.rows[0]
    assert rating.name.startswith("one twoxxx")
    assert len(rating.name) < 200
    assert rating.organization == "acme"


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
        ({**ROW, "vote_count": -1.0}, "vote_count is -1.0, no whole number from 0"),
        ({**ROW, "vote_count": "many"}, "vote_count is str, not a number"),
        ({**ROW, "rating": float("nan")}, "rating is out of range"),
        ({**ROW, "rating_lower": float("-inf")}, "rating_lower is out of range"),
        ({**ROW, "rating_upper": float("inf")}, "rating_upper is out of range"),
        ({**ROW, "rating_upper": 1500}, "the rating of 'one-high' is not between its bounds"),
    ],
    ids=lambda value: str(value)[:40] if isinstance(value, str) else "",
)
def test_a_row_that_says_nothing_sure_is_set_aside_with_a_sentence(
    row: object, problem: str
) -> None:
    leaderboard, problems = parse_leaderboard([row, {**ROW, "model_name": "two"}])

    assert [rating.name for rating in leaderboard.rows] == ["two"]
    assert problems == (f"leaderboard row 0: {problem}",)


def test_a_name_that_comes_again_is_set_aside() -> None:
    leaderboard, problems = parse_leaderboard([ROW, {**ROW, "rank": 9}])

    assert leaderboard.rows == (RATING,)
    assert problems == ("leaderboard row 1: 'one-high' stands in an earlier row",)


@pytest.mark.parametrize(
    ("ranks", "of"), [([], 0), ([1, 1, 3], 3), ([1, 393], 393)], ids=["none", "a tie", "a gap"]
)
def test_as_many_models_are_ranked_as_there_are_rows_or_as_the_last_rank_says(
    ranks: list[int], of: int
) -> None:
    rows = [{**ROW, "rank": rank, "model_name": f"m{i}"} for i, rank in enumerate(ranks)]

    assert parse_leaderboard(rows)[0].total_ranked == of
