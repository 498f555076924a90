"""Leaderboards for tests, made of names in the order of their ranks."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from handler.domain.arena.leaderboard import Leaderboard, LeaderboardRow
from handler.domain.arena.matches import MatchResult, match_leaderboard
from tests.support.builders import model

PUBLISHED = date(2026, 8, 19)


def match_rows(rows: Sequence[str], *records: dict[str, Any], by: str = "acme") -> MatchResult:
    """Return the matches of rows that are ranked in this order and made by one organization."""
    board_rows = (
        LeaderboardRow(rank, name, by, 1500.0, 1490.0, 1510.0, 900)
        for rank, name in enumerate(rows, 1)
    )
    return match_leaderboard(
        Leaderboard(PUBLISHED, tuple(board_rows)), [model(raw) for raw in records]
    )
