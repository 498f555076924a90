"""Arena's text leaderboard, parsed from rows of the dataset lmarena-ai/leaderboard-dataset."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from handler.domain.errors import InvalidRecord
from handler.domain.ingest import fields

CATEGORY = "overall"
_DATE_KEY = "leaderboard_publish_date"

_MAX_ROWS = 5_000  # the real leaderboard has 400

# No real number comes near it: ranks end at a few hundred, ratings near 1,600, votes at 200,000.
_MAX_NUMBER = 10**9


class LeaderboardRow(NamedTuple):
    """One model's result in people's votes between two answers.

    `rank` counts from 1 and may tie; `lower` and `upper` bound `rating` with 95 % confidence;
    `organization` made the model, "" where the leaderboard does not say who did.
    """

    rank: int
    name: str
    organization: str
    rating: float
    lower: float
    upper: float
    votes: int


class Leaderboard(NamedTuple):
    """One publication of the leaderboard, its rows in their order."""

    published: date | None
    rows: tuple[LeaderboardRow, ...]

    @property
    def total_ranked(self) -> int:
        """The number of ranked models, including those whose row was skipped."""
        return max(len(self.rows), max((row.rank for row in self.rows), default=0))


def parse_leaderboard(records: Sequence[object]) -> tuple[Leaderboard, tuple[str, ...]]:
    """Return the leaderboard of upstream's records, and a sentence for each skipped record.

    Records of another category than CATEGORY are ignored, and rows past _MAX_ROWS skipped. The
    latest of their dates counts.
    """
    rows: dict[str, LeaderboardRow] = {}
    dates: list[date] = []
    problems: list[str] = []
    for position, record in enumerate(records):
        try:
            if not isinstance(record, dict):
                raise InvalidRecord(f"it is {type(record).__name__}, not an object")
            if fields.parse_text(record, "category") not in (None, CATEGORY):
                continue
            row, published = _parse_row(record), fields.get_date(record, _DATE_KEY)
            if len(rows) == _MAX_ROWS:
                raise InvalidRecord(f"there are {_MAX_ROWS:,} rows before it")
            if row.name in rows:
                raise InvalidRecord(f"{row.name!r} stands in an earlier row")
            rows[row.name] = row
            dates += [published] if published else []
        except InvalidRecord as error:
            problems.append(f"leaderboard row {position}: {error}")
    return Leaderboard(max(dates, default=None), tuple(rows.values())), tuple(problems)


def _parse_row(record: Mapping[str, Any]) -> LeaderboardRow:
    name = fields.parse_text(record, "model_name")
    if not name:
        raise InvalidRecord("it has no model_name")
    lower, rating, upper = (_number(record, f"rating{end}") for end in ("_lower", "", "_upper"))
    if not lower <= rating <= upper:
        raise InvalidRecord(f"the rating of {name!r} is not between its bounds")
    return LeaderboardRow(
        rank=_whole_number(record, "rank", minimum=1),
        name=name,
        organization=fields.parse_text(record, "organization") or "",
        rating=rating,
        lower=lower,
        upper=upper,
        votes=_whole_number(record, "vote_count", minimum=0),
    )


def _whole_number(record: Mapping[str, Any], key: str, minimum: int) -> int:
    """Return a whole number, which upstream may write as 23626.0."""
    value = _number(record, key)
    if not value.is_integer() or value < minimum:
        raise InvalidRecord(f"{key} is {str(record[key])[:40]}, no whole number from {minimum}")
    return int(value)


def _number(record: Mapping[str, Any], key: str) -> float:
    value = record.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidRecord(f"{key} is {type(value).__name__}, not a number")
    if not abs(value) <= _MAX_NUMBER:
        raise InvalidRecord(f"{key} is out of range")
    return float(value)


def to_json(leaderboard: Leaderboard) -> dict[str, Any]:
    """Return the stored form: the date, and a list of values for each row."""
    published = leaderboard.published
    return {
        "published": published and published.isoformat(),
        "rows": [list(row) for row in leaderboard.rows],
    }


def from_json(stored: Mapping[str, Any] | None) -> Leaderboard | None:
    """Return the leaderboard of its stored form. Raises KeyError, TypeError or ValueError."""
    if stored is None:
        return None
    published = date.fromisoformat(stored["published"]) if stored["published"] else None
    return Leaderboard(published, tuple(LeaderboardRow(*values) for values in stored["rows"]))
