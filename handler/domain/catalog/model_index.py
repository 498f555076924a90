"""The index of a snapshot: the names of every model, as text that is searched, not parsed.

Parsing the entries of 100,000 models takes longer than all else that a cold page does, and a page
needs a dozen of them. Both texts are JSON Lines in ASCII, so a line is found by its first value.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from handler.domain.catalog.model import author_of

if TYPE_CHECKING:
    from handler.domain.catalog.near_ids import NearIds

_OrderedSet = dict[str, None]


class IndexEntry(NamedTuple):
    """One model in the index of a snapshot: enough to find it by any of its names."""

    id: str
    name: str
    canonical_slug: str | None
    hugging_face_id: str | None
    withdrawn: bool = False


class SharedName(NamedTuple):
    """What a name in lower case means in any letter case.

    `ids` are the models of this id, `others` those with this canonical slug or Hugging Face id,
    `authors` the authors of this name.
    """

    ids: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()


class ModelIndex:
    """Finds models by their names, listed ones before withdrawn ones and in upstream's order."""

    def __init__(self, entries: bytes, read_names: Callable[[], bytes]) -> None:
        """Take what `entries_to_text` returns, and a function that returns `names_to_text`'s."""
        self._entries = entries
        self._read_names = read_names

    @classmethod
    def from_entries(cls, entries: Sequence[IndexEntry]) -> Self:
        """Return the index of entries that are not stored as text."""
        return cls(entries_to_text(entries), lambda: names_to_text(entries))

    def __len__(self) -> int:
        return self._entries.count(b"\n")

    def __iter__(self) -> Iterator[IndexEntry]:
        return (IndexEntry._make(json.loads(line)) for line in self._entries.splitlines())

    def __contains__(self, model_id: str) -> bool:
        """Return whether there is a model of this id."""
        return self._start(model_id) is not None

    def position(self, model_id: str) -> int:
        """Return the position of a model among all. Raises KeyError for an unknown id."""
        return self._entries.count(b"\n", 0, self._known_start(model_id))

    def entry(self, model_id: str) -> IndexEntry:
        """Return the entry of a model. Raises KeyError for an unknown id."""
        return self._entry_at(self._known_start(model_id))

    def by_author(self, author: str) -> Iterator[IndexEntry]:
        """Return the entries of an author's models and aliases, in order."""
        starts = (start for key in _author_keys(author) for start in _starts(self._entries, key))
        return map(self._entry_at, sorted(starts))

    def has_author(self, author: str) -> bool:
        """Return whether a model or an alias has an author of exactly this name."""
        found = (_find(self._entries, key) for key in _author_keys(author))
        return not author.startswith("~") and any(start is not None for start in found)

    def ids(self) -> Iterator[str]:
        """Return the id of every model, in order."""
        return (json.loads(line[1 : line.index(b",")]) for line in self._entries.splitlines())

    def named(self, name: str) -> SharedName:
        """Return the models and authors of a name in lower case."""
        start = _find(self._names, _key(name))
        if start is None:
            return SharedName()
        _, *meanings = json.loads(_line(self._names, start))
        return SharedName._make(map(tuple, meanings))

    @cached_property
    def near_ids(self) -> "NearIds":
        """The index of similar ids, built when it is first read."""
        from handler.domain.catalog.near_ids import NearIds  # noqa: PLC0415 - near misses alone

        return NearIds(self.ids())

    @cached_property
    def _names(self) -> bytes:
        return self._read_names()

    def _start(self, model_id: str) -> int | None:
        return _find(self._entries, _key(model_id))

    def _known_start(self, model_id: str) -> int:
        start = self._start(model_id)
        if start is None:
            raise KeyError(model_id)
        return start

    def _entry_at(self, start: int) -> IndexEntry:
        return IndexEntry._make(json.loads(_line(self._entries, start)))


def entries_to_text(entries: Iterable[IndexEntry]) -> bytes:
    """Return one line for each entry. Ids are ASCII without quotes, backslashes and commas."""
    return to_lines(entries)


def names_to_text(entries: Iterable[IndexEntry]) -> bytes:
    """Return one line for each name in lower case, with its meanings.

    Aliases have no names of their own: their slug is their id.
    """
    meanings: dict[str, tuple[_OrderedSet, ...]] = defaultdict(lambda: ({}, {}, {}))
    for entry in entries:
        meanings[entry.id.lower()][0][entry.id] = None
        author = author_of(entry.id)
        meanings[author.lower()][2][author] = None
        if not entry.id.startswith("~"):
            for name in filter(None, (entry.canonical_slug, entry.hugging_face_id)):
                meanings[name.lower()][1][entry.id] = None
    return to_lines((name, *map(list, sets)) for name, sets in meanings.items())


def to_lines(values: Iterable[Any]) -> bytes:
    """Return values as JSON Lines in ASCII, each line ended."""
    return "".join(f"{json.dumps(value, separators=(',', ':'))}\n" for value in values).encode()


def _author_keys(author: str) -> tuple[bytes, ...]:
    return tuple(b"[" + json.dumps(f"{mark}{author}/").encode()[:-1] for mark in ("", "~"))


def _key(name: str) -> bytes:
    return b"[" + json.dumps(name).encode() + b","


def _find(lines: bytes, key: bytes) -> int | None:
    """Return where the first line that starts with a key starts."""
    return next(_starts(lines, key), None)


def _starts(lines: bytes, key: bytes) -> Iterator[int]:
    """Return where each line that starts with a key starts."""
    if lines.startswith(key):
        yield 0
    at = lines.find(b"\n" + key)
    while at >= 0:
        yield at + 1
        at = lines.find(b"\n" + key, at + 1)


def _line(lines: bytes, start: int) -> bytes:
    return lines[start : lines.find(b"\n", start)]
