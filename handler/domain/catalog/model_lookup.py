"""Which model a path means: the canonical one, or one of the aliases in use.

An exact id always wins. Then letter case, `/models/…` and `/model/…`, a trailing slash, the tabs
of openrouter.ai's own pages, canonical slugs and Hugging Face ids resolve to an id. A slug or
Hugging Face id that several models share means those still listed, and of these the base model if
all of them are its variants. Anything else is ambiguous: not found, with suggestions.
"""

from collections.abc import Callable, Sequence
from functools import cached_property

from handler.domain.catalog.model import base_id
from handler.domain.catalog.model_index import IndexEntry, ModelIndex

_MAX_SUGGESTIONS = 6
_MAX_PATH_CHARACTERS = 512

# The tabs of a model's page on openrouter.ai, as seen in links to it.
_TABS = frozenset(
    {"activity", "api", "apps", "benchmarks", "overview", "parameters", "performance", "pricing"}
    | {"providers", "quickstart", "uptime", "versions"}
)


class ModelMoved(Exception):
    """A path means a model or an author whose canonical name is another: `name`."""

    def __init__(self, name: str) -> None:
        super().__init__(f"moved to {name}")
        self.name = name


class ModelNotFound(Exception):
    """A path means no model. `find_suggestions` is called when suggestions are first read."""

    def __init__(
        self, path: str, find_suggestions: Callable[[], tuple[IndexEntry, ...]] = tuple
    ) -> None:
        super().__init__(f"no model at {path[:200]!r}")
        self.path = path
        self._find_suggestions = find_suggestions

    @cached_property
    def suggestions(self) -> tuple[IndexEntry, ...]:
        """The models with similar ids, the best first."""
        return self._find_suggestions()


def resolve_model(index: ModelIndex, path: str) -> str:
    """Return the id of a decoded path without its leading slash. Raises ModelNotFound."""
    if path in index:
        return path
    if len(path) > _MAX_PATH_CHARACTERS:
        raise ModelNotFound(path)
    key = path.rstrip("/").lower().removeprefix("models/").removeprefix("model/")
    candidates = _candidates(index, key)
    if len(candidates) == 1:
        return candidates[0]
    ambiguous = tuple(map(index.entry, candidates[:_MAX_SUGGESTIONS]))
    raise ModelNotFound(path, lambda: ambiguous or _find_similar(index, key))


def resolve_author(index: ModelIndex, path: str) -> str:
    """Return the author that a decoded path means. Raises ModelNotFound.

    Letter case, a trailing slash and the "~" of aliases do not matter.
    """
    if index.has_author(path):
        return path
    same = index.named(path.rstrip("/").removeprefix("~").lower()).authors
    if not same:
        raise ModelNotFound(path)
    return min(same)


def _candidates(index: ModelIndex, key: str) -> Sequence[str]:
    """Return the ids that a normalized path may mean: one if it is unambiguous."""
    parent, _, last = key.rpartition("/")
    for name in (key, parent) if last in _TABS else (key,):
        named = index.named(name)
        ids = named.ids or _sharing(index, name, named.others)
        if ids:
            return ids
    return ()


def _sharing(index: ModelIndex, name: str, others: Sequence[str]) -> Sequence[str]:
    """Return the ids of the models that share a slug or Hugging Face id, as far as a path says.

    `others` are the models with exactly this name.
    """
    slug, colon, variant = name.partition(":")
    sharing = others or (index.named(slug).others if colon else ())
    sharing = tuple(i for i in sharing if not index.entry(i).withdrawn) or sharing
    if colon:
        return [i for i in sharing if i.lower().endswith(f":{variant}")]
    bases = {base_id(model_id) for model_id in sharing}
    if len(bases) == 1 and all(base in index for base in bases):
        return list(bases)
    return sharing


def _find_similar(index: ModelIndex, key: str) -> tuple[IndexEntry, ...]:
    """Return the models with similar ids, the best first."""
    return tuple(map(index.entry, index.near_ids.find(key, _MAX_SUGGESTIONS)))
