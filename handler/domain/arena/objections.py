"""Why a leaderboard row does not rank a model although their names agree."""

from collections import defaultdict
from datetime import UTC, datetime

from handler.domain.arena.leaderboard import Leaderboard, LeaderboardRow
from handler.domain.arena.manual_matches import is_same_organization
from handler.domain.arena.model_names import ModelName, slug_part
from handler.domain.arena.name_index import NameIndex
from handler.domain.arena.name_variants import (
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
_MAX_SAME_DATES = 2  # with the year and without it


class ObjectionFinder:
    """Finds objections to pairs of names, for all rows of one leaderboard."""

    def __init__(self, leaderboard: Leaderboard, index: NameIndex) -> None:
        self._index = index
        self._dates: dict[str, set[PartialDate]] = defaultdict(set)
        self._builds: dict[str, set[str]] = defaultdict(set)
        for row in leaderboard.rows:
            for name in parse_name_variants(row.name):
                if name.day:
                    self._dates[name.stem].add(name.day)
                if name.build:
                    self._builds[name.stem].add(name.build)

    def find(self, row: LeaderboardRow, row_name: ParsedName, name: ModelName) -> str | None:
        """Return why the row cannot be the model, None if it can."""
        model = name.model
        if row.organization and not is_same_organization(row.organization, model.author):
            return f"it is by {row.organization}, not by {model.author}"
        if not row.organization and not _is_full_name(row, name):
            return "nobody is named as its maker, and its name is not the whole id"
        if row_name.effort and not supports_effort(model, row_name.effort):
            return f"the model has no effort called {row_name.effort}"
        if row_name.effort and self._index.has_sibling(row_name, model):
            return "the author has another model with this effort in its name"
        if row_name.build and len(self._builds[row_name.stem]) > 1:
            return "rows of several revisions or precisions have this name"
        return self._date_objection(row_name, name)

    def _date_objection(self, row_name: ParsedName, name: ModelName) -> str | None:
        id_day = parse_dated_name(slug_part(base_id(name.model.id))).day
        if row_name.day is None:
            return "the model has a date, and the row has none" if name.parts.day else None
        if any(day and not same_day(row_name.day, day) for day in (name.parts.day, id_day)):
            return "they have different dates"
        if name.parts.day or id_day:
            return None
        dates = self._dates[row_name.stem]
        if len(dates) > _MAX_SAME_DATES or not all(same_day(row_name.day, day) for day in dates):
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
