"""Names of models, taken apart: what remains of one without its date and its effort.

`claude-opus-4-5-20251101-high-32k` is `claude-opus-4-5`, of 1 November 2025, at high effort.
"""

import re
from datetime import MAXYEAR, date
from typing import NamedTuple

THINKING = "thinking"
NO_THINKING = "no thinking"

_GAPS = re.compile(r"[^a-z0-9]+")
# 2025-04-14, 20250414, 04-14 or 0414 at the end. What has no such month or day is none: `2507` is
# how Mistral and Qwen write a version.
_DAY = re.compile(r"-(?:(?P<year>20\d\d)-?)?(?P<month>\d\d)-?(?P<day>\d\d)$")
# A budget of tokens says how much is thought; without an effort in front, `-32k` is a context
# length, and another model.
_EFFORT = re.compile(
    r"-(?:(?P<none>non?-(?:thinking|reasoning))"
    r"|(?:thinking-)?(?P<level>xhigh|high|medium|low|minimal|max)"
    r"|(?P<thinking>thinking|reasoning))(?:-\d+k)?$"
)
_ANY_LEAP_YEAR = 2024


class PartialDate(NamedTuple):
    """A day in a name, often without its year."""

    year: int | None
    month: int
    day: int


class ParsedName(NamedTuple):
    """A name in parts: `effort` is a level that OpenRouter knows, THINKING or NO_THINKING."""

    stem: str
    day: PartialDate | None = None
    effort: str | None = None


def normalize_name(text: str) -> str:
    """Return a name as it is compared: lower case, and "-" for all that is no letter or digit."""
    return _GAPS.sub("-", text.lower()).strip("-")


def parse_dated_name(text: str) -> ParsedName:
    """Return a name with its date apart; what looks like an effort is part of the name."""
    stem, day = _split_day(normalize_name(text))
    return ParsedName(stem, day)


def parse_name_variants(text: str) -> tuple[ParsedName, ...]:
    """Return what a leaderboard's name can mean: it as it is, and it with its effort apart."""
    plain = parse_dated_name(text)
    found = _EFFORT.search(plain.stem)
    if not found:
        return (plain,)
    stem, day = plain.stem[: found.start()], plain.day
    if day is None:
        stem, day = _split_day(stem)
    return plain, ParsedName(stem, day, _effort(found))


def same_day(one: PartialDate, other: PartialDate) -> bool:
    """Return whether two days can be the same: a year is compared where both have it."""
    same_year = one.year is None or other.year is None or one.year == other.year
    return same_year and one[1:] == other[1:]


def days_before(day: PartialDate, reference: date) -> int:
    """Return how many days before the reference it was, negative after it.

    Without a year it is the nearest such day.
    """
    around = range(reference.year - 1, min(reference.year + 1, MAXYEAR) + 1)
    years = (day.year,) if day.year else around
    gaps = [(reference - _date(year, day)).days for year in years]
    return min(gaps, key=abs)


def _split_day(name: str) -> tuple[str, PartialDate | None]:
    found = _DAY.search(name)
    if not found:
        return name, None
    year = int(found["year"]) if found["year"] else None
    day = PartialDate(year, int(found["month"]), int(found["day"]))
    try:
        date(year or _ANY_LEAP_YEAR, day.month, day.day)
    except ValueError:
        return name, None
    return name[: found.start()], day


def _date(year: int, day: PartialDate) -> date:
    """Return the date in a year; 29 February is the day before March in a year without it."""
    try:
        return date(year, day.month, day.day)
    except ValueError:
        return date(year, day.month, day.day - 1)


def _effort(found: re.Match[str]) -> str:
    if found["none"]:
        return NO_THINKING
    return found["level"] or THINKING
