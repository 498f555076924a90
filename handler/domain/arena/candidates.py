"""The models that the name of a leaderboard row may refer to."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from handler.domain.arena.leaderboard import Leaderboard, LeaderboardRow
from handler.domain.arena.model_names import ModelName
from handler.domain.arena.name_index import NameIndex
from handler.domain.arena.name_variants import ParsedName, parse_name_variants
from handler.domain.arena.objections import ObjectionFinder
from handler.domain.arena.reasoning_effort import describe_effort
from handler.domain.catalog.model import Model


class MatchScore(NamedTuple):
    """How much two names differ: a smaller score is a closer match."""

    respelled: bool
    without_effort: bool
    without_build: bool
    without_date: bool
    name_order: int


class CandidateMatch(NamedTuple):
    """A row and a model that it may rank.

    `effort` is the reasoning effort in the row's name, None where the model's name has it too.
    """

    row: LeaderboardRow
    model: Model
    score: MatchScore
    effort: str | None
    reason: str


class RejectedMatch(NamedTuple):
    """A row that does not rank a model of a similar name, and why; `model_id` may be ""."""

    row_name: str
    model_id: str
    reason: str


class CandidateFinder:
    """Finds candidate models by name, for all rows of one leaderboard."""

    def __init__(self, leaderboard: Leaderboard, models: Sequence[Model]) -> None:
        self._index = NameIndex(models)
        self._objections = ObjectionFinder(leaderboard, self._index)

    def find(self, row: LeaderboardRow) -> tuple[list[CandidateMatch], list[RejectedMatch]]:
        """Return the closest match for each model, and the rejections of all other models."""
        matches: dict[str, CandidateMatch] = {}
        rejections: dict[str, RejectedMatch] = {}
        for row_name, name in self._pairs(row):
            model_id = name.model.id
            objection = self._objections.find(row, row_name, name)
            if objection:
                rejections.setdefault(model_id, RejectedMatch(row.name, model_id, objection))
            else:
                match = _build_match(row, row_name, name)
                closest = min(matches.get(model_id, match), match, key=lambda one: one.score)
                matches[model_id] = closest
        rejected = [r for model_id, r in rejections.items() if model_id not in matches]
        return list(matches.values()), rejected

    def _pairs(self, row: LeaderboardRow) -> Iterator[tuple[ParsedName, ModelName]]:
        for row_name in parse_name_variants(row.name):
            for name in self._index.find(row_name):
                yield row_name, name


def _build_match(row: LeaderboardRow, row_name: ParsedName, name: ModelName) -> CandidateMatch:
    respelled = row_name.stem != name.parts.stem
    without_date = row_name.day is not None and name.parts.day is None
    effort = row_name.effort if name.parts.effort is None else None
    build = row_name.build
    score = MatchScore(respelled, effort is not None, build is not None, without_date, name.order)
    reason = f"same name as {name.kind}"
    reason += ", spelled in another way" if respelled else ""
    reason += ", without the date" if without_date else ""
    reason += f", ranked {describe_effort(row_name.effort)}" if row_name.effort else ""
    reason += f", ranked {_describe_build(build)}" if build else ""
    return CandidateMatch(row, name.model, score, effort, reason)


def _describe_build(build: str) -> str:
    return f"as revision {build}" if build.isdigit() else f"at {build.upper()} precision"
