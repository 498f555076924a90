"""The models that the name of a leaderboard row may refer to."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from handler.domain.arena.leaderboard import Leaderboard, LeaderboardRow
from handler.domain.arena.manual_matches import is_same_organization
from handler.domain.arena.model_names import ModelName, names_for, slug_part
from handler.domain.arena.name_variants import (
    NO_THINKING,
    THINKING,
    ParsedName,
    PartialDate,
    days_before,
    normalize_name,
    parse_dated_name,
    parse_name_variants,
    same_day,
)
from handler.domain.arena.reasoning_effort import supports_effort
from handler.domain.catalog.model import Model, base_id

# OpenRouter lists a model between its release and some weeks later: 23 days is the longest delay
# seen for a model with its vendor's date in its name.
_MAX_DELAY_DAYS = 31
_MAX_LEAD_DAYS = 7


class MatchScore(NamedTuple):
    """How much two names differ: a smaller score is a closer match."""

    without_effort: bool
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
        self._names: dict[str, list[ModelName]] = defaultdict(list)
        for model in models:
            for name in names_for(model):
                self._names[name.parts.stem].append(name)
        self._dates: dict[str, list[PartialDate]] = defaultdict(list)
        for row in leaderboard.rows:
            for stem, day, _ in parse_name_variants(row.name):
                self._dates[stem].extend([day] if day else [])

    def find(self, row: LeaderboardRow) -> tuple[list[CandidateMatch], list[RejectedMatch]]:
        """Return the closest match for each model, and the rejections of all other models."""
        matches: dict[str, CandidateMatch] = {}
        rejections: dict[str, RejectedMatch] = {}
        for row_name, name in self._pairs(row):
            model_id = name.model.id
            objection = self._objection(row, row_name, name)
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
            for name in self._names.get(row_name.stem, []):
                if name.parts.effort in (None, row_name.effort):
                    yield row_name, name

    def _objection(self, row: LeaderboardRow, row_name: ParsedName, name: ModelName) -> str | None:
        """Return why the row cannot be the model although their names agree, None if it can."""
        author = name.model.author
        if row.organization and not is_same_organization(row.organization, author):
            return f"it is by {row.organization}, not by {author}"
        if not row.organization and not _is_full_name(row, name):
            return "nobody is named as its maker, and its name is not the whole id"
        if row_name.effort and not supports_effort(name.model, row_name.effort):
            return f"the model has no effort called {row_name.effort}"
        return self._date_objection(row_name, name)

    def _date_objection(self, row_name: ParsedName, name: ModelName) -> str | None:
        id_day = parse_dated_name(slug_part(base_id(name.model.id))).day
        if row_name.day is None:
            return "the model has a date, and the row has none" if name.parts.day else None
        if any(day and not same_day(row_name.day, day) for day in (name.parts.day, id_day)):
            return "they have different dates"
        if name.parts.day or id_day:
            return None
        if not all(same_day(row_name.day, day) for day in self._dates[row_name.stem]):
            return "rows of several dates have this name"
        return None if _is_release(row_name.day, name.model) else "its date is not the model's"


def _is_full_name(row: LeaderboardRow, name: ModelName) -> bool:
    return name.is_authors_own and normalize_name(row.name) == name.normalized


def _is_release(day: PartialDate, model: Model) -> bool:
    """Return whether a day fits the date on which OpenRouter added the model."""
    if model.created is None:
        return False
    added = datetime.fromtimestamp(model.created, UTC).date()
    return -_MAX_LEAD_DAYS <= days_before(day, added) <= _MAX_DELAY_DAYS


def _build_match(row: LeaderboardRow, row_name: ParsedName, name: ModelName) -> CandidateMatch:
    without_date = row_name.day is not None and name.parts.day is None
    effort = row_name.effort if name.parts.effort is None else None
    score = MatchScore(effort is not None, without_date, name.order)
    reason = f"same name as {name.kind}"
    reason += ", without the date" if without_date else ""
    reason += f", {_describe_effort(row_name.effort)}" if row_name.effort else ""
    return CandidateMatch(row, name.model, score, effort, reason)


def _describe_effort(effort: str) -> str:
    if effort == THINKING:
        return "ranked while thinking"
    return "ranked without thinking" if effort == NO_THINKING else f"ranked at {effort} effort"
