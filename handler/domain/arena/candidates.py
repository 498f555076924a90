"""From one row of the leaderboard to the models that its name leads to."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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

# OpenRouter lists a model from the day of its release to some weeks later; the longest wait seen
# for one with its vendor's date in its name is 23 days.
_MAX_DELAY_DAYS = 31
_MAX_LEAD_DAYS = 7


class MatchScore(NamedTuple):
    """How near two names are; the smallest is the nearest."""

    without_effort: bool
    without_date: bool
    kind_of_name: int


@dataclass(frozen=True, slots=True)
class CandidateMatch:
    """A row whose name leads to a model; `effort` is the part of the name that the model lacks."""

    rating: LeaderboardRow
    model: Model
    closeness: MatchScore
    effort: str | None
    how: str


@dataclass(frozen=True, slots=True)
class RejectedMatch:
    """A row that is not the rank of a model whose name is near, and why; the id may be ""."""

    name: str
    model_id: str
    why: str


class CandidateFinder:
    """Finds the models that rows lead to."""

    def __init__(self, leaderboard: Leaderboard, subjects: Sequence[Model]) -> None:
        self._names: dict[str, list[ModelName]] = defaultdict(list)
        for model in subjects:
            for name in names_for(model):
                self._names[name.parts.stem].append(name)
        self._days: dict[str, list[PartialDate]] = defaultdict(list)
        for rating in leaderboard.rows:
            for stem, day, _ in parse_name_variants(rating.name):
                self._days[stem].extend([day] if day else [])

    def find(self, rating: LeaderboardRow) -> tuple[list[CandidateMatch], list[RejectedMatch]]:
        """Return the nearest link to each model, and why other models are refused."""
        links: dict[str, CandidateMatch] = {}
        refusals: dict[str, RejectedMatch] = {}
        for reading, known in self._pairs(rating):
            model_id = known.model.id
            objection = self._objection(rating, reading, known)
            if objection:
                refusals.setdefault(model_id, RejectedMatch(rating.name, model_id, objection))
            else:
                link = _link(rating, reading, known)
                nearest = min(links.get(model_id, link), link, key=lambda one: one.closeness)
                links[model_id] = nearest
        return list(links.values()), [r for i, r in refusals.items() if i not in links]

    def _pairs(self, rating: LeaderboardRow) -> Iterator[tuple[ParsedName, ModelName]]:
        for reading in parse_name_variants(rating.name):
            for known in self._names.get(reading.stem, []):
                if known.parts.effort in (None, reading.effort):
                    yield reading, known

    def _objection(
        self, rating: LeaderboardRow, reading: ParsedName, known: ModelName
    ) -> str | None:
        """Return why the row is not this model although their names agree, None if it may be."""
        author = known.model.author
        if rating.organization and not is_same_organization(rating.organization, author):
            return f"it is by {rating.organization}, not by {author}"
        if not rating.organization and not _is_full_name(rating, known):
            return "nobody is named as its maker, and its name is not the whole id"
        if reading.effort and not supports_effort(known.model, reading.effort):
            return f"the model has no effort called {reading.effort}"
        return self._objection_to_day(reading, known)

    def _objection_to_day(self, reading: ParsedName, known: ModelName) -> str | None:
        id_day = parse_dated_name(slug_part(base_id(known.model.id))).day
        if reading.day is None:
            return "the model has a date, and the row has none" if known.parts.day else None
        if any(day and not same_day(reading.day, day) for day in (known.parts.day, id_day)):
            return "they have different dates"
        if known.parts.day or id_day:
            return None
        if not all(same_day(reading.day, day) for day in self._days[reading.stem]):
            return "rows of several dates have this name"
        return None if _is_release(reading.day, known.model) else "its date is not the model's"


def _is_full_name(rating: LeaderboardRow, known: ModelName) -> bool:
    return known.is_authors_own and normalize_name(rating.name) == known.whole


def _is_release(day: PartialDate, model: Model) -> bool:
    """Return whether a day fits the one on which OpenRouter added the model."""
    if model.created is None:
        return False
    added = datetime.fromtimestamp(model.created, UTC).date()
    return -_MAX_LEAD_DAYS <= days_before(day, added) <= _MAX_DELAY_DAYS


def _link(rating: LeaderboardRow, reading: ParsedName, known: ModelName) -> CandidateMatch:
    without_date = reading.day is not None and known.parts.day is None
    effort = reading.effort if known.parts.effort is None else None
    closeness = MatchScore(effort is not None, without_date, known.order)
    how = f"same name as {known.kind}"
    how += ", without the date" if without_date else ""
    how += f", {_words(reading.effort)}" if reading.effort else ""
    return CandidateMatch(rating, known.model, closeness, effort, how)


def _words(effort: str) -> str:
    if effort == THINKING:
        return "ranked while thinking"
    return "ranked without thinking" if effort == NO_THINKING else f"ranked at {effort} effort"
