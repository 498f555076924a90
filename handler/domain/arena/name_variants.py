"""Names of models split into stem, date, and reasoning effort or build.

`claude-opus-4-5-20251101-high-32k` is `claude-opus-4-5`, of 1 November 2025, at high effort.
`llama-3.1-405b-instruct-fp8` is `llama-3-1-405b-instruct`, of the build `fp8`.
"""

import re
from datetime import MAXYEAR, date
from typing import NamedTuple

THINKING = "thinking"
NO_THINKING = "no thinking"

_SEPARATORS = re.compile(r"[^a-z0-9]+")
# 2025-04-14, 20250414, 04-14 or 0414 at the end. Digits that are no valid month and day are part
# of the name: `2507` is how Mistral and Qwen write a version.
_DATE = re.compile(r"-(?:(?P<year>20\d\d)-?)?(?P<month>\d\d)-?(?P<day>\d\d)$")
# A token budget limits the thinking. Without an effort in front of it, `-32k` is a context length,
# and belongs to another model.
_EFFORT = re.compile(
    r"-(?:(?P<none>non?-(?:thinking|reasoning))"
    r"|(?:thinking-)?(?P<level>xhigh|high|medium|low|minimal|max)"
    r"|(?P<thinking>thinking|reasoning))(?:-\d+k)?$"
)
# A precision of the weights, or a revision as Google numbers them.
_BUILD = re.compile(r"-(?P<build>fp4|nvfp4|mxfp4|fp8|fp16|bf16|int4|int8|00\d)$")
_WORD = re.compile(r"[a-z]+(?=\d*(?:-|$))|[^-]+")
_ANY_LEAP_YEAR = 2024


class PartialDate(NamedTuple):
    """A date in a name, often without its year."""

    year: int | None
    month: int
    day: int


class ParsedName(NamedTuple):
    """The parts of a name.

    `effort` is one of OpenRouter's levels, THINKING or NO_THINKING. `build` is a precision or a
    numbered revision, such as `fp8` or `002`.
    """

    stem: str
    day: PartialDate | None = None
    effort: str | None = None
    build: str | None = None


def normalize_name(name: str) -> str:
    """Return a name for comparison: in lower case, "-" for all that is no letter or digit."""
    return _SEPARATORS.sub("-", name.lower()).strip("-")


def parse_dated_name(name: str) -> ParsedName:
    """Return a name split into stem and date; effort and build stay part of the stem."""
    return ParsedName(*_split_date(normalize_name(name)))


def parse_name_variants(name: str) -> tuple[ParsedName, ...]:
    """Return the readings of a leaderboard's name: as it is, then without its effort or build."""
    plain = parse_dated_name(name)
    effort, build = _EFFORT.search(plain.stem), _BUILD.search(plain.stem)
    if effort:
        level = NO_THINKING if effort["none"] else effort["level"] or THINKING
        return plain, _without_suffix(plain, effort)._replace(effort=level)
    if build:
        return plain, _without_suffix(plain, build)._replace(build=build["build"])
    return (plain,)


def spelling_key(stem: str) -> tuple[str, ...]:
    """Return what names of the same words and numbers have in common, however they are joined.

    Words may stand in any order, numbers may not: `gemini-pro-1-5` is `gemini-1-5-pro`, and `step3`
    is `step-3`, but `1-5` is not `5-1`.
    """
    parts = _WORD.findall(stem)
    numbers = [part for part in parts if part.isdigit()]
    return (*sorted(part for part in parts if not part.isdigit()), *numbers)


def same_day(one: PartialDate, other: PartialDate) -> bool:
    """Return whether two dates can be the same: years count only where both have one."""
    same_year = one.year is None or other.year is None or one.year == other.year
    return same_year and one[1:] == other[1:]


def days_before(day: PartialDate, reference: date) -> int:
    """Return how many days a date is before the reference, negative where it is after it.

    Without a year it is the nearest such day.
    """
    nearby = range(reference.year - 1, min(reference.year + 1, MAXYEAR) + 1)
    years = (day.year,) if day.year else nearby
    distances = [(reference - _in_year(year, day)).days for year in years]
    return min(distances, key=abs)


def _without_suffix(plain: ParsedName, suffix: re.Match[str]) -> ParsedName:
    stem = plain.stem[: suffix.start()]
    return ParsedName(stem, plain.day) if plain.day else ParsedName(*_split_date(stem))


def _split_date(name: str) -> tuple[str, PartialDate | None]:
    match = _DATE.search(name)
    if not match:
        return name, None
    year = int(match["year"]) if match["year"] else None
    day = PartialDate(year, int(match["month"]), int(match["day"]))
    try:
        date(year or _ANY_LEAP_YEAR, day.month, day.day)
    except ValueError:
        return name, None
    return name[: match.start()], day


def _in_year(year: int, day: PartialDate) -> date:
    """Return the date in a year, and 28 February for 29 February where the year has none."""
    try:
        return date(year, day.month, day.day)
    except ValueError:
        return date(year, day.month, day.day - 1)
