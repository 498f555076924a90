"""A catalog model's rank on the Arena leaderboard."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple


class ArenaRank(NamedTuple):
    """A rank, and why it is this model's.

    `rank` counts from 1, among `total` models; `rating` lies between `lower` and `upper` with 95 %
    confidence; `name` is the leaderboard's; `match_reason` is a phrase for readers;
    `inherited_from` is the id of the model that was ranked, None where it is this one.
    """

    rank: int
    total: int
    rating: float
    lower: float
    upper: float
    votes: int
    published: date | None
    name: str
    match_reason: str
    inherited_from: str | None


def to_json(rank: ArenaRank) -> dict[str, Any]:
    """Return the stored form, the date in ISO 8601."""
    return {**rank._asdict(), "published": rank.published and rank.published.isoformat()}


def from_json(stored: Mapping[str, Any]) -> ArenaRank:
    """Return the rank of its stored form. Raises KeyError, TypeError or ValueError."""
    published = date.fromisoformat(stored["published"]) if stored["published"] else None
    return ArenaRank(**{**stored, "published": published})
