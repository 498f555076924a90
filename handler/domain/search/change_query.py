"""Queries of the changelog: a kind of change, an author, a period and a page.

Unlike the filters of the explorer, an unknown value is an error: every value is one of a few.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import NamedTuple
from urllib.parse import urlencode

from handler.domain.catalog.changelog import Change, Changelog
from handler.domain.catalog.model import author_of
from handler.domain.catalog.model_history import CONTEXT, EXPIRY, LISTED, NAME, PRICE
from handler.domain.errors import InvalidParameter

PARAMETERS = ("kind", "by", "period", "page")
CHANGE_KINDS = (PRICE, LISTED, CONTEXT, NAME, EXPIRY)
PERIODS = ("7d", "30d", "last-month", "all")
DEFAULT_PERIOD = "30d"
PAGE_SIZE = 100
# Bounds the work and the result of one query: a list may change every model at once.
MAX_CHANGES = 20_000

_DAYS = {"7d": 7, "30d": 30}
_PAGE = re.compile(r"[1-9]\d{0,3}", re.ASCII)


class ChangeQuery(NamedTuple):
    """A query; "" is every kind, or every author."""

    kind: str = ""
    author: str = ""
    period: str = DEFAULT_PERIOD
    page: int = 1

    def query_string(self) -> str:
        """Return the canonical query string, without values that are the default."""
        pairs = zip(PARAMETERS, self, ChangeQuery(), strict=True)
        return urlencode([(n, v) for n, v, default in pairs if v != default], safe="~")


class Period(NamedTuple):
    """The time from `start` up to, but without, `end`. None is unbounded."""

    start: datetime | None = None
    end: datetime | None = None


class ChangeResult(NamedTuple):
    """The changes that match a query, by day and kind, the newest day first.

    `counts` has those of each kind, whichever kind the query asks for. `authors` are those with a
    change in the period. `is_cut` if there were more than MAX_CHANGES.
    """

    changes: Sequence[Change]
    counts: Mapping[str, int]
    authors: Sequence[str]
    is_cut: bool

    @property
    def page_count(self) -> int:
        """The number of pages, at least 1."""
        return max(1, -(-len(self.changes) // PAGE_SIZE))


def parse_change_query(
    pairs: Iterable[tuple[str, str]], find_author: Callable[[str], str | None]
) -> ChangeQuery:
    """Return the query of decoded parameters, of which the last of a name counts.

    `find_author` returns the canonical slug of an author. Raises InvalidParameter.
    """
    values = {name: value.strip() for name, value in pairs if value.strip()}
    kind, period = values.get("kind", ""), values.get("period", DEFAULT_PERIOD)
    by, page = values.get("by", ""), values.get("page", "1")
    author = find_author(by) if by else ""
    if kind and kind not in CHANGE_KINDS:
        raise InvalidParameter("kind", kind, ", ".join(CHANGE_KINDS))
    if author is None:
        raise InvalidParameter("by", by, "the author’s slug, such as the google of google/gemini")
    if period not in PERIODS:
        raise InvalidParameter("period", period, ", ".join(PERIODS))
    if not _PAGE.fullmatch(page):
        raise InvalidParameter("page", page, "1 to 9999")
    return ChangeQuery(kind, author, period, int(page))


def find_changes(changelog: Changelog, query: ChangeQuery, as_of: datetime) -> ChangeResult:
    """Return the changes that match a query of any page. `as_of` ends a period of days."""
    part = f"{query.author}/" if query.author else ""
    period = find_period(query.period, as_of)
    found = [*islice(_matches(changelog, part, period), MAX_CHANGES + 1)]
    is_cut, found = len(found) > MAX_CHANGES, found[:MAX_CHANGES]
    changes = [one for one in found if query.kind in ("", one.event.fact)]
    changes.sort(key=_by_kind)
    changes.sort(key=_day, reverse=True)
    authors = sorted({author_of(one.model_id) for one in found})
    return ChangeResult(changes, Counter(one.event.fact for one in found), authors, is_cut)


def find_period(name: str, as_of: datetime) -> Period:
    """Return one of PERIODS, in UTC. Days are counted back from `as_of`."""
    if name in _DAYS:
        return Period(as_of - timedelta(days=_DAYS[name]))
    if name != "last-month":
        return Period()
    this_month = datetime.combine(as_of.date().replace(day=1), time(), as_of.tzinfo)
    return Period((this_month - timedelta(days=1)).replace(day=1), this_month)


def _matches(changelog: Changelog, prefix: str, period: Period) -> Iterator[Change]:
    for change in changelog.changes(prefix):
        moment = change.event.moment
        if period.start and moment < period.start:
            return
        if change.model_id.startswith(prefix) and not (period.end and moment >= period.end):
            yield change


def _by_kind(change: Change) -> int:
    return CHANGE_KINDS.index(change.event.fact)


def _day(change: Change) -> date:
    return change.event.moment.date()
