"""Which model a path means: the canonical one, or one of the aliases in use.

An exact id always wins. Then letter case, `/models/…` and `/model/…`, a trailing slash, the tabs
of openrouter.ai's own pages, canonical slugs and Hugging Face ids resolve to an id. A slug or
Hugging Face id that several models share means those still listed, and of these the base model if
all of them are its variants. Anything else is ambiguous: not found, with suggestions.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from handler.domain.catalog.model import author_of, base_id

_MAX_SUGGESTIONS = 6
_MIN_SIMILARITY = 0.4
_MAX_PATH_CHARACTERS = 512

# The tabs of a model's page on openrouter.ai, as seen in links to it.
_TABS = frozenset(
    {"activity", "api", "apps", "benchmarks", "overview", "parameters", "performance", "pricing"}
    | {"providers", "quickstart", "uptime", "versions"}
)


class IndexEntry(NamedTuple):
    """One model in the index of a snapshot: enough to find it by any of its names."""

    id: str
    name: str
    canonical_slug: str | None
    hugging_face_id: str | None
    withdrawn: bool = False


class ModelMoved(Exception):
    """A path means a model or an author whose canonical name is another: `name`."""

    def __init__(self, name: str) -> None:
        super().__init__(f"moved to {name}")
        self.name = name


class ModelNotFound(Exception):
    """A path means no model. `suggestions` have similar ids, the best first."""

    def __init__(self, path: str, suggestions: tuple[IndexEntry, ...] = ()) -> None:
        super().__init__(f"no model at {path[:200]!r}")
        self.path, self.suggestions = path, suggestions


class ModelResolver:
    """Finds models by id and by every alias in use."""

    def __init__(self, entries: Sequence[IndexEntry]) -> None:
        self._entries = {entry.id: entry for entry in entries}

    def resolve(self, path: str) -> str:
        """Return the id of a decoded path without its leading slash. Raises ModelNotFound."""
        if path in self._entries:
            return path
        if len(path) > _MAX_PATH_CHARACTERS:
            raise ModelNotFound(path)
        key = path.rstrip("/").lower().removeprefix("models/").removeprefix("model/")
        candidates = self._candidates(key)
        if len(candidates) == 1:
            return candidates[0]
        ambiguous = tuple(self._entries[i] for i in candidates[:_MAX_SUGGESTIONS])
        raise ModelNotFound(path, ambiguous or self._find_similar(key))

    def _candidates(self, key: str) -> list[str]:
        """Return the ids that a normalized path may mean: one if it is unambiguous."""
        parent, _, last = key.rpartition("/")
        for name in (key, parent if last in _TABS else key):
            for ids in (self._by_id.get(name), self._shared(name)):
                if ids:
                    return ids
        return []

    def _shared(self, name: str) -> list[str]:
        slug, colon, variant = name.partition(":")
        sharing = self._by_other_name.get(name) or self._by_other_name.get(slug, [])
        sharing = [i for i in sharing if not self._entries[i].withdrawn] or sharing
        if colon:
            return [i for i in sharing if i.lower().endswith(f":{variant}")]
        bases = {base_id(model_id) for model_id in sharing}
        if len(bases) == 1 and bases <= self._entries.keys():
            return list(bases)
        return sharing

    def _find_similar(self, key: str) -> tuple[IndexEntry, ...]:
        wanted = _trigrams(key)
        scored = ((_similarity(wanted, grams), entry) for entry, grams in self._trigrams)
        similar = [pair for pair in scored if pair[0] >= _MIN_SIMILARITY]
        similar.sort(key=lambda pair: (-pair[0], pair[1].id))
        return tuple(entry for _, entry in similar[:_MAX_SUGGESTIONS])

    @cached_property
    def _by_id(self) -> dict[str, list[str]]:
        return _group_by((model_id.lower(), model_id) for model_id in self._entries)

    @cached_property
    def _by_other_name(self) -> dict[str, list[str]]:
        """Aliases have no names of their own: their slug is their id."""
        return _group_by(
            (name.lower(), entry.id)
            for entry in self._entries.values()
            for name in dict.fromkeys((entry.canonical_slug, entry.hugging_face_id))
            if name and not entry.id.startswith("~")
        )

    @cached_property
    def _trigrams(self) -> list[tuple[IndexEntry, frozenset[str]]]:
        return [(entry, _trigrams(entry.id.lower())) for entry in self._entries.values()]


def _group_by(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for name, model_id in dict.fromkeys(pairs):
        groups[name].append(model_id)
    return dict(groups)


def _similarity(wanted: frozenset[str], grams: frozenset[str]) -> float:
    """Return 0 to 1: the mean of the share of what was wanted and of both together.

    The second alone would not find one word of a long name.
    """
    shared = len(wanted & grams)
    return (shared / len(wanted) + shared / len(wanted | grams)) / 2 if shared else 0.0


def _trigrams(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 3] for i in range(len(text) - 2))


def resolve_author(entries: Sequence[IndexEntry], path: str) -> str:
    """Return the author that a decoded path means. Raises ModelNotFound.

    Letter case, a trailing slash and the "~" of aliases do not matter.
    """
    key = path.rstrip("/").removeprefix("~").lower()
    authors = {author_of(entry.id) for entry in entries}
    same = sorted(author for author in authors if author.lower() == key)
    if not same:
        raise ModelNotFound(path)
    return path if path in same else same[0]
