"""Arena's text leaderboard: rows from outside, checked where they enter."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from typing import Any

from handler.domain.errors import InvalidRecord
from handler.domain.ingest import fields

CATEGORY = "overall"

# No real number comes near it: ranks end at a few hundred, ratings near 1,600, votes at 200,000.
_MAX_NUMBER = 10**9


@dataclass(frozen=True, slots=True)
class LeaderboardRow:
    """One row: how a model did in people's votes between two answers.

    `rank` counts from 1 and may tie; `lower` and `upper` bound `rating` with 95% confidence;
    `organization` is "" where the leaderboard does not say who made the model.
    """

    rank: int
    name: str
    organization: str
    rating: float
    lower: float
    upper: float
    votes: int


@dataclass(frozen=True, slots=True)
class Leaderboard:
    """The ratings of one publication, in the order in which they came."""

    published: date | None
    rows: tuple[LeaderboardRow, ...]

    @property
    def total_ranked(self) -> int:
        """Return how many models are ranked: also those whose row could not be read."""
        return max(len(self.rows), max((rating.rank for rating in self.rows), default=0))


def parse_leaderboard(rows: Sequence[object]) -> tuple[Leaderboard, tuple[str, ...]]:
    """Return the leaderboard of unchecked rows, and a sentence for each that was set aside.

    Rows of another category than CATEGORY are no part of it. The day is the latest
    `leaderboard_publish_date` among the rows. Source: the dataset lmarena-ai/leaderboard-dataset.
    """
    ratings: dict[str, LeaderboardRow] = {}
    days: list[date] = []
    problems: list[str] = []
    for position, row in enumerate(rows):
        try:
            for rating, day in _read(row):
                _refuse_repeated(rating, ratings)
                ratings[rating.name] = rating
                days.extend(filter(None, [day]))
        except InvalidRecord as error:
            problems.append(f"leaderboard row {position}: {error}")
    return Leaderboard(max(days, default=None), tuple(ratings.values())), tuple(problems)


def _read(row: object) -> Iterator[tuple[LeaderboardRow, date | None]]:
    if not isinstance(row, dict):
        raise InvalidRecord(f"it is {type(row).__name__}, not an object")
    if fields.get_text(row, "category") in (None, CATEGORY):
        yield _rating(row), fields.get_date(row, "leaderboard_publish_date")


def _rating(row: Mapping[str, Any]) -> LeaderboardRow:
    name = fields.get_text(row, "model_name")
    if not name:
        raise InvalidRecord("it has no model_name")
    lower, middle, upper = (_number(row, f"rating{end}") for end in ("_lower", "", "_upper"))
    if not lower <= middle <= upper:
        raise InvalidRecord(f"the rating of {name!r} is not between its bounds")
    return LeaderboardRow(
        rank=_whole(row, "rank", lowest=1),
        name=name,
        organization=fields.get_text(row, "organization") or "",
        rating=middle,
        lower=lower,
        upper=upper,
        votes=_whole(row, "vote_count", lowest=0),
    )


def _refuse_repeated(rating: LeaderboardRow, ratings: Mapping[str, LeaderboardRow]) -> None:
    if rating.name in ratings:
        raise InvalidRecord(f"{rating.name!r} stands in an earlier row")


def _whole(row: Mapping[str, Any], key: str, lowest: int) -> int:
    """Return a whole number: upstream writes votes as 23626.0."""
    value = _number(row, key)
    if not value.is_integer() or value < lowest:
        raise InvalidRecord(f"{key} is {str(row[key])[:40]}, no whole number from {lowest}")
    return int(value)


def _number(row: Mapping[str, Any], key: str) -> float:
    value = row.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidRecord(f"{key} is {type(value).__name__}, not a number")
    if not abs(value) <= _MAX_NUMBER:
        raise InvalidRecord(f"{key} is out of range")
    return float(value)


def to_json(board: Leaderboard) -> dict[str, Any]:
    """Return the stored form: its day, and a list for each rating."""
    return {
        "published": board.published and board.published.isoformat(),
        "rows": [list(astuple(rating)) for rating in board.rows],
    }


def from_json(stored: Mapping[str, Any] | None) -> Leaderboard | None:
    """Return the leaderboard of its stored form. Raises KeyError, TypeError or ValueError."""
    if stored is None:
        return None
    published = date.fromisoformat(stored["published"]) if stored["published"] else None
    return Leaderboard(published, tuple(LeaderboardRow(*values) for values in stored["rows"]))
