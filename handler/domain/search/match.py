"""Matching a text with names, whatever their case, spaces and hyphens, and the order of matches.

Names are split into runs of letters and of digits, and joined without what stood between them. A
word of the text matches where it stands in the joined name from the start of a run: "4omini" in
"GPT-4o mini".
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from handler.domain.search.summary import ModelRow

# More names than any listing has: each is split once, not for each request.
_MAX_NAMES = 1 << 16
_RUN = re.compile(r"[^\W\d_]+|\d+")
_QUOTES = re.compile('["“”]')
# Parts of a name that do not tell one model from another.
_PLAIN_PARTS = frozenset({"instruct", "it", "chat", "preview", "latest", "exp"})
_MIN_DATE_DIGITS = 4


class SearchName(NamedTuple):
    """A name as it is searched: `joined` runs, and the places in it where a run starts."""

    joined: str
    starts: frozenset[int]
    runs: tuple[str, ...]

    def has(self, word: str) -> bool:
        """Return whether a joined word stands in the name from the start of a run."""
        place = self.joined.find(word)
        while place >= 0 and place not in self.starts:
            place = self.joined.find(word, place + 1)
        return place >= 0


@lru_cache(_MAX_NAMES)
def search_name(text: str) -> SearchName:
    """Return a name or a text as it is searched."""
    runs = tuple(_RUN.findall(text.lower()))
    starts, place = [], 0
    for run in runs:
        starts.append(place)
        place += len(run)
    return SearchName("".join(runs), frozenset(starts), runs)


def search_words(text: str) -> list[str]:
    """Return the words of a text as they are searched, without quotation marks."""
    words = (search_name(word).joined for word in _QUOTES.sub(" ", text).split())
    return list(filter(None, words))


def matches_text(row: ModelRow, text: str) -> bool:
    """Return whether each word is in the model's id, name or providers, or all are joined there."""
    words = search_words(text)
    return _is_in(row.id, words) or _is_in(row.name, words) or _is_spread(row, words)


def sort_by_match(rows: Iterable[ModelRow], text: str, asked: Sequence[str]) -> list[ModelRow]:
    """Return the rows, the best match of a text first. `asked` are words of filters.

    Among equals come base models before variants, names with words that were asked for, names with
    fewer other words, and the newest.
    """
    words = search_words(text)
    return sorted(rows, key=lambda row: _rank(row, words, asked))


def _is_in(name: str, words: Sequence[str]) -> bool:
    searched = search_name(name)
    return all(searched.has(word) for word in words) or searched.has("".join(words))


def _is_spread(row: ModelRow, words: Sequence[str]) -> bool:
    """Return whether each word is in the id, in the name, or in the name of a provider."""
    names = [search_name(name) for name in (row.id, row.name, *row.providers.values())]
    return all(any(name.has(word) for name in names) for word in words)


def _rank(row: ModelRow, words: Sequence[str], asked: Sequence[str]) -> tuple[int, ...]:
    base, _, variant = row.id.partition(":")
    slug = search_name(base.partition("/")[2])
    others = [run for run in slug.runs if _is_telling(run) and run not in words]
    return (
        _tier(row, words),
        bool(variant) + row.id.startswith("~"),
        -sum(word in slug.runs for word in asked),
        sum(not any(run in word for word in words) for run in others if run not in asked),
        row.rank or 1_000_000 if row.created is None else -row.created,
    )


def _tier(row: ModelRow, words: Sequence[str]) -> int:
    """Return how well a text fits: exactly, as a beginning, in one piece, by words, elsewhere."""
    text = "".join(words)
    base = row.id.partition(":")[0]
    keys = (row.id, base, base.partition("/")[2], row.name, row.title)
    names = [search_name(key).joined for key in keys]
    if text in names:
        return 0
    if any(name.startswith(text) for name in names):
        return 1
    if any(search_name(name).has(text) for name in (row.id, row.name)):
        return 1
    return 2 if _is_in(row.id, words) or _is_in(row.name, words) else 3


def _is_telling(run: str) -> bool:
    """Return whether a part of a name tells models apart: a word, or a date."""
    if run.isdigit():
        return len(run) >= _MIN_DATE_DIGITS
    return len(run) > 1 and run not in _PLAIN_PARTS
