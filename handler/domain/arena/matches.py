"""Which row of the leaderboard is which model: sure, or not at all.

A row goes to the model whose name is nearest to its own: the whole name, then without a date that
fits the model, then without an effort that the model has. Of several rows of one model the nearest
is its rank; of several efforts, the one at which the model thinks unasked. Whatever stays open is
an ambiguity, and no standing: a wrong rank is worse than none.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from handler.domain.arena.candidates import CandidateFinder, CandidateMatch, RejectedMatch
from handler.domain.arena.leaderboard import Leaderboard, LeaderboardRow
from handler.domain.arena.manual_matches import MANUAL_MATCHES, MANUAL_REJECTIONS
from handler.domain.arena.model_names import rankable_models
from handler.domain.arena.rank import ArenaRank
from handler.domain.arena.reasoning_effort import is_default_effort
from handler.domain.arena.shared_weights import rank_inheritance, rank_source_id
from handler.domain.catalog.model import Model, base_id


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A row that could be several models, or a model that several rows could be."""

    subject: str
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatchResult:
    """Standings by model id, and what is needed to say why there are no others.

    `model_ids` are those of the models that could be ranked themselves.
    """

    leaderboard: Leaderboard
    model_ids: tuple[str, ...]
    ranks: Mapping[str, ArenaRank]
    rejections: tuple[RejectedMatch, ...]
    ambiguities: tuple[Ambiguity, ...]


def match_leaderboard(leaderboard: Leaderboard, models: Sequence[Model]) -> MatchResult:
    """Return the standings of the models that the leaderboard surely ranks."""
    ranked = rankable_models(models)
    reviewed = _reviewed(leaderboard, ranked)
    open_models = [model for model in ranked if model.id not in reviewed]
    links, refusals, unclear_rows = _links(leaderboard, open_models)
    chosen, outranked, unclear_models = _choices(links)
    own = {**reviewed, **{i: _standing(leaderboard, k.rating, k.how) for i, k in chosen.items()}}
    return MatchResult(
        leaderboard,
        tuple(model.id for model in ranked),
        _with_inherited(own, models),
        (*_refused_by_review(leaderboard), *refusals, *outranked),
        (*unclear_rows, *unclear_models),
    )


def _reviewed(leaderboard: Leaderboard, ranked: Iterable[Model]) -> dict[str, ArenaRank]:
    ratings = {rating.name: rating for rating in leaderboard.rows}
    standings: dict[str, ArenaRank] = {}
    for model in ranked:
        name, why = MANUAL_MATCHES.get(base_id(model.id), ("", ""))
        if name in ratings:
            how = f"reviewed by hand: {why}"
            standings[model.id] = _standing(leaderboard, ratings[name], how)
    return standings


def _refused_by_review(leaderboard: Leaderboard) -> Iterable[RejectedMatch]:
    names = (rating.name for rating in leaderboard.rows)
    return [
        RejectedMatch(name, "", MANUAL_REJECTIONS[name])
        for name in names
        if name in MANUAL_REJECTIONS
    ]


def _links(
    leaderboard: Leaderboard, models: Sequence[Model]
) -> tuple[dict[str, list[CandidateMatch]], list[RejectedMatch], list[Ambiguity]]:
    """Return the links to each model, from rows that lead to one model only."""
    finder = CandidateFinder(leaderboard, models)
    links: dict[str, list[CandidateMatch]] = defaultdict(list)
    refusals: list[RejectedMatch] = []
    ambiguities: list[Ambiguity] = []
    for rating in leaderboard.rows:
        if rating.name in MANUAL_REJECTIONS:
            continue
        found, refused = finder.find(rating)
        nearest = _nearest(found)
        if len(nearest) == 1:
            links[nearest[0].model.id].append(nearest[0])
        elif nearest:
            ids = tuple(sorted(link.model.id for link in nearest))
            ambiguities.append(Ambiguity(rating.name, ids))
        else:
            refusals.extend(refused)
    return links, refusals, ambiguities


def _choices(
    links: Mapping[str, Sequence[CandidateMatch]],
) -> tuple[dict[str, CandidateMatch], list[RejectedMatch], list[Ambiguity]]:
    """Return the row of each model, the rows that another one stands before, and open cases."""
    chosen: dict[str, CandidateMatch] = {}
    outranked: list[RejectedMatch] = []
    ambiguities: list[Ambiguity] = []
    for model_id, rows in links.items():
        best = _best(rows)
        if len(best) > 1:
            names = tuple(sorted(link.rating.name for link in best))
            ambiguities.append(Ambiguity(model_id, names))
            continue
        chosen[model_id] = best[0]
        name = best[0].rating.name
        others = (link.rating.name for link in rows if link.rating.name != name)
        outranked.extend(RejectedMatch(other, model_id, f"{name} is nearer") for other in others)
    return chosen, outranked, ambiguities


def _best(rows: Sequence[CandidateMatch]) -> list[CandidateMatch]:
    """Return the rows of a model between which nothing decides: one if all is clear."""
    nearest = _nearest(rows)
    if nearest[0].effort is None or len(rows) == 1:
        return nearest
    default = [link for link in rows if link.effort and is_default_effort(link.model, link.effort)]
    return [_as_default(default[0])] if len(default) == 1 else list(rows)


def _nearest(links: Sequence[CandidateMatch]) -> list[CandidateMatch]:
    closest = min((link.closeness for link in links), default=None)
    return [link for link in links if link.closeness == closest]


def _as_default(link: CandidateMatch) -> CandidateMatch:
    return replace(link, how=f"{link.how}, its default")


def _standing(leaderboard: Leaderboard, rating: LeaderboardRow, how: str) -> ArenaRank:
    return ArenaRank(
        rank=rating.rank,
        total=leaderboard.total_ranked,
        rating=rating.rating,
        lower=rating.lower,
        upper=rating.upper,
        votes=rating.votes,
        published=leaderboard.published,
        name=rating.name,
        match_reason=how,
        inherited_from=None,
    )


def _with_inherited(own: Mapping[str, ArenaRank], models: Sequence[Model]) -> dict[str, ArenaRank]:
    """Return the standings with those of variants and aliases, in the order of the models."""
    inheriting = rank_inheritance(models)
    standings: dict[str, ArenaRank] = {}
    for model in models:
        source = rank_source_id(model.id, inheriting)
        if source in own:
            through = source if source != model.id else None
            standings[model.id] = replace(own[source], inherited_from=through)
    return standings
