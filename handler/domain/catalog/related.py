"""Which models are related, told from their ids alone: the index of a snapshot has no more.

A record that is decoded for each related model would make a cold page slower. What names cannot
tell for certain is not told: two models are versions of one line only where their slugs differ in
nothing but the version.
"""

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum
from itertools import islice
from typing import NamedTuple

from handler.domain.catalog.model import author_of, base_id
from handler.domain.catalog.model_lookup import IndexEntry

_MAX_RELATED = 8
# One author has 100 models at most so far; this bounds what a mad list can make of a page.
_MAX_CONSIDERED = 500

# What says in which state a model was given out, not which it is.
_STATES = frozenset({"latest", "preview", "exp", "experimental", "instruct", "it"})
# "4", "2.5", "v3.2", and the numbers at the end of "qwen3.8", "k2.6", "o3".
_VERSIONED = re.compile(r"([a-z]*)([1-9]\d?(?:\.\d+)*)", re.ASCII)
# "2024", "0324", "05": what follows one belongs to it.
_DATE = re.compile(r"0\d*|\d{3,}", re.ASCII)


class Relation(IntEnum):
    """How a model is related to the one of a page, the closest first."""

    NEWER = 0
    VARIANT = 1
    ALIAS = 2
    EARLIER = 3
    FAMILY = 4


# So that no relation takes the room of all others.
_MAX_PER_RELATION = {Relation.NEWER: 2, Relation.VARIANT: 3, Relation.ALIAS: 2, Relation.EARLIER: 2}


class RelatedModel(NamedTuple):
    """A related model, by its entry in the index."""

    entry: IndexEntry
    relation: Relation


class _ModelLine(NamedTuple):
    """A slug taken apart: "gemini-2.5-pro" is "gemini", "" and "pro", in version 2.5.

    `form` keeps the places of words, the version's own number left out.
    """

    form: tuple[str, ...]
    version: tuple[int, ...]

    @property
    def stem(self) -> str:
        return self.form[0] if self.form else ""

    @property
    def words(self) -> frozenset[str]:
        return frozenset(self.form) - {""}


def find_related_models(model_id: str, entries: Sequence[IndexEntry]) -> list[RelatedModel]:
    """Return models of the same author and family, eight at most, the closest first.

    `entries` are an index: those that are listed first, the newest before older ones.
    """
    line = _parse_line(model_id)
    own = list(_of_author(author_of(model_id), entries))
    place = next((n for n, entry in enumerate(own) if entry.id == model_id), len(own))
    related = [
        (relation, entry.withdrawn, _distance(line, entry.id, relation), n, entry)
        for n, entry in enumerate(own)
        if (relation := _relation(model_id, line, entry.id, came_later=n < place)) is not None
    ]
    found = [RelatedModel(entry, relation) for relation, *_, entry in sorted(related)]
    return list(islice(_limit_per_relation(found), _MAX_RELATED))


def _of_author(author: str, entries: Sequence[IndexEntry]) -> Iterator[IndexEntry]:
    beginnings = (f"{author}/", f"~{author}/")
    own = (entry for entry in entries if entry.id.startswith(beginnings))
    return islice(own, _MAX_CONSIDERED)


def _relation(
    model_id: str, line: _ModelLine, other_id: str, *, came_later: bool
) -> Relation | None:
    if base_id(other_id) == base_id(model_id):
        return None if other_id == model_id else Relation.VARIANT
    other = _parse_line(other_id)
    if ":" in other_id or line.stem not in other.words:
        return None
    if other_id.startswith("~"):
        return Relation.ALIAS if other.words == line.words else None
    # A version is newer only if the list has it later too: Grok 4.20 came before Grok 4.3.
    if other.form == line.form and came_later and other.version > line.version:
        return Relation.NEWER
    if other.form == line.form and not came_later and other.version < line.version:
        return Relation.EARLIER
    return Relation.FAMILY


def _distance(line: _ModelLine, other_id: str, relation: Relation) -> tuple[int, ...]:
    """Return what orders relatives of one relation: the newest version, the most words shared."""
    other = _parse_line(other_id)
    if relation is Relation.FAMILY:
        return (len(line.words ^ other.words),)
    return (*(-number for number in other.version), 0)


def _limit_per_relation(relatives: Sequence[RelatedModel]) -> Iterator[RelatedModel]:
    counts = dict.fromkeys(Relation, 0)
    for relative in relatives:
        counts[relative.relation] += 1
        most = _MAX_PER_RELATION.get(relative.relation, _MAX_RELATED)
        if counts[relative.relation] <= most:
            yield relative


def _parse_line(model_id: str) -> _ModelLine:
    """Return the line of an id. What is a date, or follows one, is left out."""
    words = _without_date(base_id(model_id).partition("/")[2].lower().split("-"))
    found = [(n, match) for n, word in enumerate(words) if (match := _VERSIONED.fullmatch(word))]
    if not found:
        return _ModelLine(tuple(words), ())
    # "v2" is a version for certain, "l6" before it is not.
    at, match = min(found, key=lambda pair: pair[1][1] != "v")
    letters, number = match.groups()
    rest = words[at + 1 :]
    if rest and rest[0].isdigit() and "." not in number:  # "3-5" is 3.5
        number = f"{number}.{rest.pop(0)}"
    form = (*words[:at], "" if letters == "v" else letters, *rest)
    return _ModelLine(form, tuple(map(int, number.split("."))))


def _without_date(words: Sequence[str]) -> list[str]:
    kept: list[str] = []
    is_dated = False
    for word in words:
        is_dated = is_dated or _DATE.fullmatch(word) is not None
        if word not in _STATES and not (is_dated and word.isdigit()):
            kept.append(word)
    return kept
