"""A catalog model's rank on the Arena leaderboard."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from handler.domain.arena.leaderboard import Leaderboard, LeaderboardRow


class OtherEffort(NamedTuple):
    """A further row of a ranked model, at another effort; `effort` is a phrase for readers."""

    rank: int
    name: str
    effort: str


class ArenaRank(NamedTuple):
    """A rank, and why it is this model's.

    `rank` counts from 1, among `total` models; `rating` lies between `lower` and `upper` with 95 %
    confidence; `name` is the leaderboard's; `match_reason` is a phrase for readers;
    `inherited_from` is the id of the model that was ranked, None where it is this one.
    `other_efforts` are its other rows, the best first.
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
    other_efforts: tuple[OtherEffort, ...] = ()


def build_rank(leaderboard: "Leaderboard", row: "LeaderboardRow", reason: str) -> ArenaRank:
    """Return the rank that a row gives to the model that it was matched with."""
    return ArenaRank(
        rank=row.rank,
        total=leaderboard.total_ranked,
        rating=row.rating,
        lower=row.lower,
        upper=row.upper,
        votes=row.votes,
        published=leaderboard.published,
        name=row.name,
        match_reason=reason,
        inherited_from=None,
    )


def to_json(rank: ArenaRank) -> dict[str, Any]:
    """Return the stored form: the date in ISO 8601, other efforts only where there are any."""
    stored = {**rank._asdict(), "published": rank.published and rank.published.isoformat()}
    del stored["other_efforts"]
    others = [list(other) for other in rank.other_efforts]
    return {**stored, "other_efforts": others} if others else stored


def from_json(stored: Mapping[str, Any]) -> ArenaRank:
    """Return the rank of its stored form. Raises KeyError, TypeError or ValueError."""
    published = date.fromisoformat(stored["published"]) if stored["published"] else None
    others = tuple(OtherEffort(*values) for values in stored.get("other_efforts", ()))
    return ArenaRank(**{**stored, "published": published, "other_efforts": others})
