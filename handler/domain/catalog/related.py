"""Related models, found by their ids alone.

The index of a snapshot has nothing else, and decoding a record for each related model would make
a cold page slower. Ids have to be unambiguous: two models are versions of one line only where
their slugs differ in nothing but the version.
"""

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum
from itertools import islice
from typing import NamedTuple

from handler.domain.catalog.model import author_of, base_id
from handler.domain.catalog.model_index import IndexEntry, ModelIndex

_MAX_RELATED = 8
# Real authors have 100 models at most. This bounds the work that a broken list can cause.
_MAX_CONSIDERED = 500

# Words for the stage of a release, which do not identify a model.
_STAGES = frozenset({"latest", "preview", "exp", "experimental", "instruct", "it"})
# "4", "2.5", "v3.2", and the numbers at the end of "qwen3.8", "k2.6", "o3".
_VERSIONED = re.compile(r"([a-z]*)([1-9]\d?(?:\.\d+)*)", re.ASCII)
# "2024", "0324", "05": numbers after one belong to the same date.
_DATE = re.compile(r"0\d*|\d{3,}", re.ASCII)


class Relation(IntEnum):
    """The relation of a model to that of a page, the closest first."""

    NEWER = 0
    VARIANT = 1
    ALIAS = 2
    EARLIER = 3
    FAMILY = 4


# No relation may crowd out the others.
_MAX_PER_RELATION = {Relation.NEWER: 2, Relation.VARIANT: 3, Relation.ALIAS: 2, Relation.EARLIER: 2}


class RelatedModel(NamedTuple):
    """A related model, as its entry in the index."""

    entry: IndexEntry
    relation: Relation


class _ModelLine(NamedTuple):
    """A parsed slug: "gemini-2.5-pro" has the form ("gemini", "", "pro") and the version (2, 5).

    `form` has the words of the slug in order, the version's number replaced by "".
    """

    form: tuple[str, ...]
    version: tuple[int, ...]

    @property
    def words(self) -> frozenset[str]:
        return frozenset(self.form) - {""}


def find_related_models(model_id: str, index: ModelIndex) -> list[RelatedModel]:
    """Return up to eight models of the same author and family, the closest first.

    The index has listed models before withdrawn ones, and the newest first.
    """
    line = _parse_line(model_id)
    siblings = list(islice(index.by_author(author_of(model_id)), _MAX_CONSIDERED))
    position = next((n for n, entry in enumerate(siblings) if entry.id == model_id), len(siblings))
    related = [
        (relation, entry.withdrawn, _distance(line, entry.id, relation), n, entry)
        for n, entry in enumerate(siblings)
        if (relation := _relation(model_id, line, entry.id, is_later=n < position)) is not None
    ]
    models = [RelatedModel(entry, relation) for relation, *_, entry in sorted(related)]
    return list(islice(_limit_per_relation(models), _MAX_RELATED))


def _relation(model_id: str, line: _ModelLine, other_id: str, *, is_later: bool) -> Relation | None:
    if base_id(other_id) == base_id(model_id):
        return None if other_id == model_id else Relation.VARIANT
    other = _parse_line(other_id)
    if ":" in other_id or not other.words.intersection(line.form[:1]):
        return None
    if other_id.startswith("~"):
        return Relation.ALIAS if other.words == line.words else None
    # A newer version also came later: Grok 4.20 came before Grok 4.3.
    if other.form == line.form and is_later and other.version > line.version:
        return Relation.NEWER
    if other.form == line.form and not is_later and other.version < line.version:
        return Relation.EARLIER
    return Relation.FAMILY


def _distance(line: _ModelLine, other_id: str, relation: Relation) -> tuple[int, ...]:
    """Return the sort key within a relation: the newest version or the most shared words first."""
    other = _parse_line(other_id)
    if relation is Relation.FAMILY:
        return (len(line.words ^ other.words),)
    return (*(-number for number in other.version), 0)


def _limit_per_relation(models: Sequence[RelatedModel]) -> Iterator[RelatedModel]:
    counts = dict.fromkeys(Relation, 0)
    for model in models:
        counts[model.relation] += 1
        if counts[model.relation] <= _MAX_PER_RELATION.get(model.relation, _MAX_RELATED):
            yield model


def _parse_line(model_id: str) -> _ModelLine:
    """Return the line of an id, without dates and words for stages."""
    words = list(_significant_words(base_id(model_id).partition("/")[2].lower().split("-")))
    matches = [(n, match) for n, word in enumerate(words) if (match := _VERSIONED.fullmatch(word))]
    if not matches:
        return _ModelLine(tuple(words), ())
    # "v2" is certainly a version, an "l6" before it is not.
    position, match = min(matches, key=lambda pair: pair[1][1] != "v")
    letters, number = match.groups()
    rest = words[position + 1 :]
    if rest and rest[0].isdigit() and "." not in number:  # "3-5" is 3.5
        number = f"{number}.{rest.pop(0)}"
    form = (*words[:position], "" if letters == "v" else letters, *rest)
    return _ModelLine(form, tuple(map(int, number.split("."))))


def _significant_words(words: Sequence[str]) -> Iterator[str]:
    is_dated = False
    for word in words:
        is_dated = is_dated or _DATE.fullmatch(word) is not None
        if word not in _STAGES and not (is_dated and word.isdigit()):
            yield word
