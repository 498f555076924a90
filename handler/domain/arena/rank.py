"""Where a catalog model stands on the leaderboard: what its page shows of it."""

from collections.abc import Mapping
from dataclasses import dataclass
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


def to_json(rank: ArenaRank) -> dict[str, Any]:
    """Return the rank as the snapshot stores it and the API publishes it."""
    return {
        "rank": rank.rank,
        "of": rank.total,
        "rating": rank.rating,
        "lower": rank.lower,
        "upper": rank.upper,
        "votes": rank.votes,
        "published": rank.published.isoformat() if rank.published else None,
        "name": rank.name,
        "how": rank.match_reason,
        "through": rank.inherited_from,
    }


def from_json(stored: Mapping[str, Any]) -> ArenaRank:
    """Return the rank of its JSON form. Raises KeyError, TypeError or ValueError."""
    return ArenaRank(
        rank=stored["rank"],
        total=stored["of"],
        rating=stored["rating"],
        lower=stored["lower"],
        upper=stored["upper"],
        votes=stored["votes"],
        published=date.fromisoformat(stored["published"]) if stored["published"] else None,
        name=stored["name"],
        match_reason=stored["how"],
        inherited_from=stored["through"],
    )
