"""Which model an address means: the canonical one, or one of the many others in use.

An exact id always wins. Then letter case, `/models/…` and `/model/…`, a trailing slash, the tabs
of openrouter.ai's own pages, canonical slugs and Hugging Face ids lead to the id they mean. A slug
or Hugging Face id that several models share means those still listed, and of these the base model
if all of them are its variants; anything else is ambiguous, and unknown with candidates.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from handler.domain.catalog.model import author_of, base_id

_MAX_SUGGESTIONS = 6
_MIN_SIMILARITY = 0.4
_MAX_PATH_CHARACTERS = 512
_PREFIXES = ("models/", "model/")

# The tabs of a model's page on openrouter.ai, as seen in links to it.
_TABS = frozenset(
    {"activity", "api", "apps", "benchmarks", "overview", "parameters", "performance", "pricing"}
    | {"providers", "quickstart", "uptime", "versions"}
)


class IndexEntry(NamedTuple):
    """What the index of a snapshot says of a model: enough to find it by any of its names."""

    id: str
    name: str
    canonical_slug: str | None
    hugging_face_id: str | None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class ExactMatch:
    """The address is the canonical one of this model."""

    id: str


@dataclass(frozen=True, slots=True)
class ModelMoved:
    """The address means this model, whose canonical one is another."""

    id: str


@dataclass(frozen=True, slots=True)
class ModelNotFound:
    """The address means no model; these come near it, best first."""

    suggestions: tuple[IndexEntry, ...]


class ModelResolver:
    """Finds models by id and by every other address in use."""

    def __init__(self, entries: Sequence[IndexEntry]) -> None:
        self._entries = {entry.id: entry for entry in entries}

    def resolve(self, address: str) -> ExactMatch | ModelMoved | ModelNotFound:
        """Return what an address means: a path, decoded, without its leading slash."""
        if address in self._entries:
            return ExactMatch(address)
        if len(address) > _MAX_PATH_CHARACTERS:
            return ModelNotFound(())
        key = _normalize(address)
        meant = self._meant_by(key)
        if len(meant) == 1:
            return ModelMoved(meant[0])
        return ModelNotFound(
            tuple(self._entries[i] for i in meant[:_MAX_SUGGESTIONS]) or self._near(key)
        )

    def _meant_by(self, key: str) -> list[str]:
        """Return the ids that a normalised address may mean: one if it is clear."""
        for name in (key, _without_tab(key)):
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

    def _near(self, key: str) -> tuple[IndexEntry, ...]:
        wanted = _trigrams(key)
        likeness = ((_similarity(wanted, grams), entry) for entry, grams in self._grams)
        likely = [pair for pair in likeness if pair[0] >= _MIN_SIMILARITY]
        likely.sort(key=lambda pair: (-pair[0], pair[1].id))
        return tuple(entry for _, entry in likely[:_MAX_SUGGESTIONS])

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
    def _grams(self) -> list[tuple[IndexEntry, frozenset[str]]]:
        return [(entry, _trigrams(entry.id.lower())) for entry in self._entries.values()]


def _normalize(address: str) -> str:
    key = address.rstrip("/").lower()
    for prefix in _PREFIXES:
        key = key.removeprefix(prefix)
    return key


def _without_tab(key: str) -> str:
    model_id, _, tab = key.rpartition("/")
    return model_id if tab in _TABS else key


def _group_by(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for name, model_id in pairs:
        if model_id not in groups[name]:
            groups[name].append(model_id)
    return dict(groups)


def _similarity(wanted: frozenset[str], grams: frozenset[str]) -> float:
    """Return from 0 to 1 how much two names share: of what was wanted, and of both together.

    The second alone would find nothing for one word of a long name.
    """
    shared = len(wanted & grams)
    return (shared / len(wanted) + shared / len(wanted | grams)) / 2 if shared else 0.0


def _trigrams(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 3] for i in range(len(text) - 2))


def resolve_author(
    entries: Sequence[IndexEntry], address: str
) -> ExactMatch | ModelMoved | ModelNotFound:
    """Return which author an address means: a path, decoded, without its leading slash.

    Letter case, a trailing slash and the "~" of aliases lead to the author.
    """
    key = address.rstrip("/").removeprefix("~").lower()
    authors = {author_of(entry.id) for entry in entries}
    meant = sorted(author for author in authors if author.lower() == key)
    if not meant:
        return ModelNotFound(())
    return ExactMatch(address) if address in meant else ModelMoved(meant[0])
