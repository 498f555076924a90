"""Leaderboards for tests, made of names in the order of their ranks."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from handler.domain.arena.leaderboard import Leaderboard, Rating
from handler.domain.arena.matches import Matching, match
from tests.support.builders import model

PUBLISHED = date(2026, 8, 19)


def matched(rows: Sequence[str], *records: dict[str, Any], by: str = "acme") -> Matching:
    """Return the matching of rows, ranked in this order and all made by one organization."""
    ratings = (
        Rating(rank, name, by, 1500.0, 1490.0, 1510.0, 900) for rank, name in enumerate(rows, 1)
    )
    return match(Leaderboard(PUBLISHED, tuple(ratings)), [model(raw) for raw in records])
