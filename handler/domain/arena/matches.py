"""Matches leaderboard rows with catalog models, leaving out whatever is not certain.

A row belongs to the model with the closest name: the same name; then the name without a date that
fits the model; without a revision or a precision; without a reasoning effort that the model has;
and last the same words in another order. The closest of several rows of one model is its rank; of
rows for several efforts, the one for the model's default effort, with the others beside it.
Everything else is an ambiguity and gives no rank, because a wrong rank is worse than none.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from handler.domain.arena.candidates import CandidateFinder, CandidateMatch, RejectedMatch
from handler.domain.arena.leaderboard import Leaderboard
from handler.domain.arena.manual_matches import MANUAL_EFFORTS, MANUAL_REJECTIONS
from handler.domain.arena.manual_ranks import manual_ranks, with_manual_efforts
from handler.domain.arena.model_names import rankable_models
from handler.domain.arena.rank import ArenaRank, OtherEffort, build_rank
from handler.domain.arena.reasoning_effort import describe_effort
from handler.domain.arena.row_choice import RowChoice, best_matches, choose_row, closest_matches
from handler.domain.arena.shared_weights import rank_inheritance, rank_source_id
from handler.domain.catalog.model import Model


class Ambiguity(NamedTuple):
    """A row that may rank several models, or a model that several rows may rank."""

    subject: str
    candidates: tuple[str, ...]


class MatchResult(NamedTuple):
    """Ranks by model id, and why other rows and models have none.

    `model_ids` are those of the models that could have a rank of their own.
    """

    leaderboard: Leaderboard
    model_ids: tuple[str, ...]
    ranks: Mapping[str, ArenaRank]
    rejections: tuple[RejectedMatch, ...]
    ambiguities: tuple[Ambiguity, ...]


def match_leaderboard(leaderboard: Leaderboard, models: Sequence[Model]) -> MatchResult:
    """Return the ranks of the models that the leaderboard certainly ranks."""
    rankable = rankable_models(models)
    manual = manual_ranks(leaderboard, rankable)
    unmatched = [model for model in rankable if model.id not in manual]
    matches, rejections, ambiguous_rows = _match_rows(leaderboard, unmatched)
    chosen, outranked, ambiguous_models = _choose_rows(matches)
    ranks = {model_id: _chosen_rank(leaderboard, c) for model_id, c in chosen.items()}
    reasons = ((row.name, MANUAL_REJECTIONS.get(row.name)) for row in leaderboard.rows)
    by_hand = (RejectedMatch(name, "", reason) for name, reason in reasons if reason)
    return MatchResult(
        leaderboard,
        tuple(model.id for model in rankable),
        _with_inherited(with_manual_efforts({**manual, **ranks}, leaderboard), models),
        (*by_hand, *rejections, *outranked),
        (*ambiguous_rows, *ambiguous_models),
    )


def _match_rows(
    leaderboard: Leaderboard, models: Sequence[Model]
) -> tuple[dict[str, list[CandidateMatch]], list[RejectedMatch], list[Ambiguity]]:
    """Return the matches of each model, from rows that match one model only."""
    finder = CandidateFinder(leaderboard, models)
    matches: dict[str, list[CandidateMatch]] = defaultdict(list)
    rejections: list[RejectedMatch] = []
    ambiguities: list[Ambiguity] = []
    for row in leaderboard.rows:
        if row.name in MANUAL_REJECTIONS or row.name in MANUAL_EFFORTS:
            continue
        candidates, rejected = finder.find(row)
        closest = closest_matches(candidates)
        if len(closest) == 1:
            matches[closest[0].model.id].append(closest[0])
        elif closest:
            ambiguities.append(Ambiguity(row.name, tuple(sorted(m.model.id for m in closest))))
        else:
            rejections.extend(rejected)
    return matches, rejections, ambiguities


def _choose_rows(
    matches: Mapping[str, Sequence[CandidateMatch]],
) -> tuple[dict[str, RowChoice], list[RejectedMatch], list[Ambiguity]]:
    """Return the choice for each model, the rows that lost to it, and the undecided models."""
    chosen: dict[str, RowChoice] = {}
    outranked: list[RejectedMatch] = []
    ambiguities: list[Ambiguity] = []
    for model_id, candidates in matches.items():
        choice = choose_row(candidates)
        if choice is None:
            names = tuple(sorted(match.row.name for match in best_matches(candidates)))
            ambiguities.append(Ambiguity(model_id, names))
            continue
        chosen[model_id] = choice
        reason = f"{choice.chosen.row.name} is nearer"
        outranked.extend(RejectedMatch(m.row.name, model_id, reason) for m in choice.outranked)
    return chosen, outranked, ambiguities


def _chosen_rank(leaderboard: Leaderboard, choice: RowChoice) -> ArenaRank:
    others = tuple(
        OtherEffort(match.row.rank, match.row.name, describe_effort(match.effort))
        for match in choice.other_efforts
        if match.effort
    )
    rank = build_rank(leaderboard, choice.chosen.row, choice.chosen.reason)
    return rank._replace(other_efforts=others)


def _with_inherited(own: Mapping[str, ArenaRank], models: Sequence[Model]) -> dict[str, ArenaRank]:
    """Return the ranks with those of variants and aliases, in the order of the models."""
    inheritance = rank_inheritance(models)
    ranks: dict[str, ArenaRank] = {}
    for model in models:
        source_id = rank_source_id(model.id, inheritance)
        if source_id in own:
            inherited_from = source_id if source_id != model.id else None
            ranks[model.id] = own[source_id]._replace(inherited_from=inherited_from)
    return ranks
