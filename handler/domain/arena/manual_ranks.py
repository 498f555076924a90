"""The ranks that the reviewed tables decide."""

from collections.abc import Iterable, Mapping

from handler.domain.arena.leaderboard import Leaderboard
from handler.domain.arena.manual_matches import MANUAL_EFFORTS, MANUAL_MATCHES
from handler.domain.arena.rank import ArenaRank, OtherEffort, build_rank
from handler.domain.catalog.model import Model, base_id


def manual_ranks(leaderboard: Leaderboard, models: Iterable[Model]) -> dict[str, ArenaRank]:
    """Return, by model id, the ranks of the models in the reviewed table."""
    rows = {row.name: row for row in leaderboard.rows}
    ranks: dict[str, ArenaRank] = {}
    for model in models:
        name, reason = MANUAL_MATCHES.get(base_id(model.id), ("", ""))
        if name in rows:
            ranks[model.id] = build_rank(leaderboard, rows[name], f"reviewed by hand: {reason}")
    return ranks


def with_manual_efforts(
    ranks: Mapping[str, ArenaRank], leaderboard: Leaderboard
) -> dict[str, ArenaRank]:
    """Return the ranks with the rows that the reviewed table gives them as other efforts."""
    result = dict(ranks)
    for row in leaderboard.rows:
        model_id, effort = MANUAL_EFFORTS.get(row.name, ("", ""))
        if rank := result.get(model_id):
            others = sorted({*rank.other_efforts, OtherEffort(row.rank, row.name, effort)})
            result[model_id] = rank._replace(other_efforts=tuple(others))
    return result
