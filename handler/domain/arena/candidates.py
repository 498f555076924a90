"""From one row of the leaderboard to the models that its name leads to."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from handler.domain.arena.leaderboard import Leaderboard, Rating
from handler.domain.arena.manual_matches import is_author
from handler.domain.arena.model_names import KnownName, known_names, tail
from handler.domain.arena.name_variants import (
    NO_THINKING,
    THINKING,
    Day,
    Name,
    dated_name,
    days_before,
    normalised,
    readings,
    same_day,
)
from handler.domain.arena.reasoning_effort import supports
from handler.domain.catalog.model import Model, base_id

# OpenRouter lists a model from the day of its release to some weeks later; the longest wait seen
# for one with its vendor's date in its name is 23 days.
_LONGEST_WAIT_DAYS = 31
_EARLIEST_DAYS = 7


class Closeness(NamedTuple):
    """How near two names are; the smallest is the nearest."""

    without_effort: bool
    without_date: bool
    kind_of_name: int


@dataclass(frozen=True, slots=True)
class Link:
    """A row whose name leads to a model; `effort` is the part of the name that the model lacks."""

    rating: Rating
    model: Model
    closeness: Closeness
    effort: str | None
    how: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that is not the rank of a model whose name is near, and why; the id may be ""."""

    name: str
    model_id: str
    why: str


class Links:
    """Finds the models that rows lead to."""

    def __init__(self, leaderboard: Leaderboard, subjects: Sequence[Model]) -> None:
        self._names: dict[str, list[KnownName]] = defaultdict(list)
        for model in subjects:
            for name in known_names(model):
                self._names[name.parts.stem].append(name)
        self._days: dict[str, list[Day]] = defaultdict(list)
        for rating in leaderboard.ratings:
            for stem, day, _ in readings(rating.name):
                self._days[stem].extend([day] if day else [])

    def of(self, rating: Rating) -> tuple[list[Link], list[Refusal]]:
        """Return the nearest link to each model, and why other models are refused."""
        links: dict[str, Link] = {}
        refusals: dict[str, Refusal] = {}
        for reading, known in self._pairs(rating):
            model_id = known.model.id
            objection = self._objection(rating, reading, known)
            if objection:
                refusals.setdefault(model_id, Refusal(rating.name, model_id, objection))
            else:
                link = _link(rating, reading, known)
                nearest = min(links.get(model_id, link), link, key=lambda one: one.closeness)
                links[model_id] = nearest
        return list(links.values()), [r for i, r in refusals.items() if i not in links]

    def _pairs(self, rating: Rating) -> Iterator[tuple[Name, KnownName]]:
        for reading in readings(rating.name):
            for known in self._names.get(reading.stem, []):
                if known.parts.effort in (None, reading.effort):
                    yield reading, known

    def _objection(self, rating: Rating, reading: Name, known: KnownName) -> str | None:
        """Return why the row is not this model although their names agree, None if it may be."""
        author = known.model.author
        if rating.organization and not is_author(rating.organization, author):
            return f"it is by {rating.organization}, not by {author}"
        if not rating.organization and not _is_full_name(rating, known):
            return "nobody is named as its maker, and its name is not the whole id"
        if reading.effort and not supports(known.model, reading.effort):
            return f"the model has no effort called {reading.effort}"
        return self._objection_to_day(reading, known)

    def _objection_to_day(self, reading: Name, known: KnownName) -> str | None:
        id_day = dated_name(tail(base_id(known.model.id))).day
        if reading.day is None:
            return "the model has a date, and the row has none" if known.parts.day else None
        if any(day and not same_day(reading.day, day) for day in (known.parts.day, id_day)):
            return "they have different dates"
        if known.parts.day or id_day:
            return None
        if not all(same_day(reading.day, day) for day in self._days[reading.stem]):
            return "rows of several dates have this name"
        return None if _is_release(reading.day, known.model) else "its date is not the model's"


def _is_full_name(rating: Rating, known: KnownName) -> bool:
    return known.is_authors_own and normalised(rating.name) == known.whole


def _is_release(day: Day, model: Model) -> bool:
    """Return whether a day fits the one on which OpenRouter added the model."""
    if model.created is None:
        return False
    added = datetime.fromtimestamp(model.created, UTC).date()
    return -_EARLIEST_DAYS <= days_before(day, added) <= _LONGEST_WAIT_DAYS


def _link(rating: Rating, reading: Name, known: KnownName) -> Link:
    without_date = reading.day is not None and known.parts.day is None
    effort = reading.effort if known.parts.effort is None else None
    closeness = Closeness(effort is not None, without_date, known.order)
    how = f"same name as {known.kind}"
    how += ", without the date" if without_date else ""
    how += f", {_words(reading.effort)}" if reading.effort else ""
    return Link(rating, known.model, closeness, effort, how)


def _words(effort: str) -> str:
    if effort == THINKING:
        return "ranked while thinking"
    return "ranked without thinking" if effort == NO_THINKING else f"ranked at {effort} effort"
