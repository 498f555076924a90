"""Dates in a text that are later than the moment at which a record was last read."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

_MONTHS = "January February March April May June July August September October November December"
_NUMBERS = {name[:3]: number for number, name in enumerate(_MONTHS.split(), 1)}
_IN_WORDS = re.compile(
    rf"\b(\d{{1,2}}) ({'|'.join(_NUMBERS)})[a-z]* (\d{{4}})(?:, (\d\d):(\d\d) UTC)?"
)
_DATE_ALONE = re.compile(r"\d{1,2} \w+ \d{4}(?:, \d\d:\d\d UTC)?")
_YEAR = re.compile(r"\b\d{4}\b")
_MONTH = re.compile(rf"(?<!\d )\b({'|'.join(_NUMBERS)})[a-z]* (\d{{4}})\b")
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d))?")
# What may be later: what was announced, other sources with dates of their own, and sentences on a
# list in which the record does not stand, or could not be read.
_MAY_BE_LATER = re.compile(
    r"until|retire|expire|could not be read|no longer|not listed|not (?:in|on|among)\b|before"
    r"|withdrawn|published|leaderboard|providers on|who serves|usage|rankings",
    re.IGNORECASE,
)
_OTHER_FACTS = frozenset(
    {"openrouter_raw", "arena", "withdrawn_since", "expiration_date", "knowledge_cutoff"}
)


def late_lines(text: str, last_read: datetime) -> list[str]:
    """Return the lines that have a date, in words or ISO, after the last reading of a record."""
    found = []
    before = ""
    for line in text.splitlines():
        # A term stands on the line before its date.
        said = f"{before}: {line}" if _DATE_ALONE.fullmatch(line) else line
        if any(moment > last_read for moment in _moments(line)) and not _MAY_BE_LATER.search(said):
            found.append(said[:200])
        before = line
    return found


def late_values(value: Any, last_read: datetime, path: str = "") -> Iterator[str]:
    """Yield the places of a JSON value that have a date after the last reading of a record."""
    if isinstance(value, dict):
        for name, each in value.items():
            is_other = name in _OTHER_FACTS or _MAY_BE_LATER.search(name)
            if not is_other and name != "description":
                yield from late_values(each, last_read, f"{path}.{name}")
    elif isinstance(value, list):
        for each in value:
            yield from late_values(each, last_read, f"{path}[]")
    elif isinstance(value, str) and late_lines(value, last_read):
        yield f"{path}: {value[:80]}"


def _moments(line: str) -> Iterator[datetime]:
    if not _YEAR.search(line):
        return
    for day, month, year, hour, minute in _IN_WORDS.findall(line):
        yield from _moment(year, _NUMBERS[month], day, hour, minute)
    for month, year in _MONTH.findall(line):
        yield from _moment(year, _NUMBERS[month], 1, "", "")
    for year, month, day, hour, minute in _ISO.findall(line):
        yield from _moment(year, month, day, hour, minute)


def _moment(year: Any, month: Any, day: Any, hour: str, minute: str) -> Iterator[datetime]:
    """Yield a moment; a date alone is its first one."""
    try:
        day_ = date(int(year), int(month), int(day))
    except ValueError:
        return
    clock = timedelta(hours=int(hour or 0), minutes=int(minute or 0))
    yield datetime(day_.year, day_.month, day_.day, tzinfo=UTC) + clock
