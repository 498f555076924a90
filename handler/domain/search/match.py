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
_PLAIN_PARTS = frozenset({"instruct", "it", "preview", "exp"})
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


@lru_cache
def search_words(text: str) -> tuple[str, ...]:
    """Return the words of a text as they are searched, without quotation marks."""
    words = (search_name(word).joined for word in _QUOTES.sub(" ", text).split())
    return tuple(filter(None, words))


def matches_text(row: ModelRow, text: str) -> bool:
    """Return whether each word is in the model's id, name or providers, or all are joined there."""
    words = search_words(text)
    if not words:
        return False
    name = search_name(f"{row.id} {row.name}")
    if all(map(name.has, words)) or name.has("".join(words)):
        return True
    if not row.providers:
        return False
    names = [name, *map(search_name, row.providers.values())]
    return all(any(each.has(word) for each in names) for word in words)


def sort_by_match(rows: Iterable[ModelRow], text: str, asked: Sequence[str]) -> list[ModelRow]:
    """Return the rows, the best match of a text first. `asked` are words of filters.

    Among equals come base models before variants, names with words that were asked for, names with
    fewer other words, and the newest.
    """
    words = search_words(text)
    return sorted(rows, key=lambda row: _rank(row, words, asked))


class _Keys(NamedTuple):
    """The names of a model, joined; its slug's parts, and those that tell it from others."""

    names: frozenset[str]
    runs: tuple[str, ...]
    telling: tuple[str, ...]
    is_variant: bool


@lru_cache(_MAX_NAMES)
def _keys(model_id: str, name: str) -> _Keys:
    base, _, variant = model_id.partition(":")
    slug, title = base.partition("/")[2], name.partition(": ")[2]
    names = frozenset(search_name(each).joined for each in (model_id, base, slug, name, title))
    runs = search_name(slug).runs
    is_variant = bool(variant) or model_id.startswith("~")
    return _Keys(names - {""}, runs, tuple(filter(_is_telling, runs)), is_variant)


def _rank(row: ModelRow, words: Sequence[str], asked: Sequence[str]) -> tuple[int, ...]:
    keys = _keys(row.id, row.name)
    tier = _tier(row, keys, words)
    others = [run for run in keys.telling if run not in asked]
    return (
        max(tier, 2) if tier and keys.is_variant else tier,
        keys.is_variant,
        -sum(word in keys.runs for word in asked),
        sum(not any(run in word for word in words) for run in others),
        row.rank or 1_000_000 if row.created is None else -row.created,
    )


def _tier(row: ModelRow, keys: _Keys, words: Sequence[str]) -> int:
    """Return how well a text fits: exactly, in one piece, by words, by its providers."""
    text = "".join(words)
    if text in keys.names:
        return 0
    name = search_name(f"{row.id} {row.name}")
    if name.has(text):
        return 1
    return 2 if all(map(name.has, words)) else 3


def _is_telling(run: str) -> bool:
    """Return whether a part of a name tells models apart: a word, or a date."""
    if run.isdigit():
        return len(run) >= _MIN_DATE_DIGITS
    return len(run) > 1 and run not in _PLAIN_PARTS
