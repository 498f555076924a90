"""Where a catalog model stands on the leaderboard: what its page shows of it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class ArenaRank:
    """A rank, and why it is this model's.

    `rank` is among `of` models; `rating` lies between `lower` and `upper` with 95% confidence;
    `name` is the leaderboard's own; `how` is a phrase that says why it means this model;
    `through` is the id of the model that was ranked, None where it is this one.
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


def to_json(standing: ArenaRank) -> dict[str, Any]:
    """Return the standing as JSON holds it, its day in ISO 8601."""
    published = standing.published.isoformat() if standing.published else None
    return {**asdict(standing), "published": published}


def from_json(json: Mapping[str, Any]) -> ArenaRank:
    """Return the standing that `as_json` wrote.

    Raises KeyError, TypeError or ValueError for anything else.
    """
    published = date.fromisoformat(json["published"]) if json["published"] else None
    return ArenaRank(**{**json, "published": published})
