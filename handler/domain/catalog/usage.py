"""How much a model is used through OpenRouter: its adoption and traffic, not its quality.

Each vendor's own tokenizer counts tokens, so shares compare models only roughly.
Source: https://openrouter.ai/docs/api/api-reference/datasets/get-rankings-daily
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, timedelta
from math import fsum
from typing import Any, NamedTuple

from handler.domain.errors import InvalidRecord
from handler.domain.ingest import fields
from handler.domain.text import collapse_whitespace

_MAX_AGE = timedelta(days=62)  # upstream returns 31 days by default
_OTHER = "other"  # one row for all models past the first 50 of a day
_SHARE_DIGITS = 6
_MAX_COUNT_DIGITS = 18
_MAX_AS_OF_CHARACTERS = 40


class Usage(NamedTuple):
    """A model's share of all tokens, by day.

    `tokens` and `rank` (1 is the most used) are of the latest day. `days` are those on which the
    model was among the first 50, oldest first, each with its share from 0 to 1 of the tokens of
    all models. The last of them is the latest day.
    """

    tokens: int
    rank: int
    days: tuple[tuple[date, float], ...]

    @property
    def share(self) -> float:
        """The share, from 0 to 1, of all tokens of the latest day."""
        return self.days[-1][1]

    @property
    def trend(self) -> float | None:
        """The change of the share from the mean of the days before: 0.5 is 50 % more.

        None without days before, or with a mean of zero.
        """
        earlier = [share for _, share in self.days[:-1]]
        mean = fsum(earlier) / len(earlier) if earlier else 0.0
        return self.share / mean - 1 if mean else None


def citation(as_of: str) -> str:
    """Return the attribution that the licence of the data, CC BY 4.0, requires."""
    day = collapse_whitespace(as_of[:_MAX_AS_OF_CHARACTERS])
    return f"Source: OpenRouter (openrouter.ai/rankings), as of {day}."


def parse_rankings(rows: Iterable[Any]) -> Mapping[str, Usage]:
    """Return the usage of each model that is ranked on the latest day, by permanent slug.

    `rows` are upstream's: `{"date", "model_permaslug", "total_tokens"}`, the tokens as a string of
    digits. Unreadable rows and repeated ones are skipped.
    """
    tokens = _tokens_by_day(rows)
    newest = max(tokens, default=date.min)
    days = [day for day in sorted(tokens) if newest - day < _MAX_AGE]
    days = [day for day in days if any(tokens[day].values())]
    if not days:
        return {}
    latest = tokens[days[-1]]
    ranked = sorted(latest.keys() - {_OTHER}, key=lambda slug: (-latest[slug], slug))
    shares = {day: _shares(tokens[day]) for day in days}
    return {
        slug: Usage(latest[slug], n, tuple((d, shares[d][slug]) for d in days if slug in shares[d]))
        for n, slug in enumerate(ranked, 1)
    }


def _tokens_by_day(rows: Iterable[Any]) -> dict[date, dict[str, int]]:
    tokens: dict[date, dict[str, int]] = defaultdict(dict)
    for row in rows:
        with suppress(InvalidRecord):
            day, slug, count = _parse_row(row)
            tokens[day].setdefault(slug, count)
    return tokens


def _parse_row(row: Any) -> tuple[date, str, int]:
    if not isinstance(row, dict):
        raise InvalidRecord("a row is not an object")
    day, slug = fields.get_date(row, "date"), fields.parse_text(row, "model_permaslug")
    if day is None or slug is None:
        raise InvalidRecord("a row has no date or no model")
    return day, slug, _parse_count(row.get("total_tokens"))


def _parse_count(value: Any) -> int:
    """Return a number of tokens. Upstream writes them as strings: they may exceed a float."""
    digits = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _MAX_COUNT_DIGITS):
        raise InvalidRecord("total_tokens is not a number of tokens")
    return int(digits)


def _shares(counts: Mapping[str, int]) -> dict[str, float]:
    total = sum(counts.values())
    return {slug: round(count / total, _SHARE_DIGITS) for slug, count in counts.items()}


def to_json(usage: Usage) -> dict[str, Any]:
    """Return the stored form, with the shares of consecutive days, null for days without one."""
    first, last = usage.days[0][0], usage.days[-1][0]
    by_day = dict(usage.days)
    every_day = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return {
        "tokens": usage.tokens,
        "rank": usage.rank,
        "from": first.isoformat(),
        "shares": [by_day.get(day) for day in every_day],
    }


def from_json(stored: Mapping[str, Any]) -> Usage:
    """Return the usage of a stored form."""
    first, shares = date.fromisoformat(stored["from"]), enumerate(stored["shares"])
    days = tuple((first + timedelta(days=n), share) for n, share in shares if share is not None)
    return Usage(stored["tokens"], stored["rank"], days)
