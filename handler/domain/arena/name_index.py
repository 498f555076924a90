"""The names of all models that a leaderboard can rank, for look-ups by a row's name."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from handler.domain.arena.model_names import ModelName, names_for
from handler.domain.arena.name_variants import NO_THINKING, THINKING, ParsedName, spelling_key
from handler.domain.catalog.model import Model

_EFFORT_WORDS = {
    THINKING: ("think", "thinking", "reasoning"),
    NO_THINKING: ("no-thinking", "non-thinking", "non-reasoning"),
}
# Of real models, eight names share a spelling. A row that more may mean is not certain to mean one.
_MAX_NAMES = 100


class NameIndex:
    """The names of models, by stem and by spelling."""

    def __init__(self, models: Sequence[Model]) -> None:
        self._by_stem: dict[str, list[ModelName]] = defaultdict(list)
        self._by_spelling: dict[tuple[str, ...], list[ModelName]] = defaultdict(list)
        self._stems: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for model in models:
            for name in names_for(model):
                self._by_stem[name.parts.stem].append(name)
                self._stems[model.author].append((f"{name.parts.stem}-", model.id))
                if name.is_authors_own:
                    self._by_spelling[spelling_key(name.parts.stem)].append(name)
        for stems in self._stems.values():
            stems.sort()

    def find(self, row_name: ParsedName) -> Iterator[ModelName]:
        """Yield the names with the stem of a row's name, then those spelled in another way.

        There are none where more than _MAX_NAMES share a stem or a spelling.
        """
        same = self._by_stem.get(row_name.stem, [])
        alike = self._by_spelling.get(spelling_key(row_name.stem), [])
        if max(len(same), len(alike)) > _MAX_NAMES:
            return
        respelled = (name for name in alike if name.parts.stem != row_name.stem)
        for name in (*same, *respelled):
            if name.parts.effort in (None, row_name.effort):
                yield name

    def has_sibling(self, row_name: ParsedName, model: Model) -> bool:
        """Return whether the author has another model, whose name has the effort of a row's."""
        effort = row_name.effort or ""
        return any(
            model_id != model.id
            for word in _EFFORT_WORDS.get(effort, (effort,))
            for model_id in self._ids_with_prefix(model.author, f"{row_name.stem}-{word}-")
        )

    def _ids_with_prefix(self, author: str, prefix: str) -> Iterator[str]:
        """Yield the ids of an author's models for each name that starts with a prefix."""
        stems = self._stems[author]
        names = islice(stems, bisect_left(stems, (prefix, "")), None)
        found = takewhile(lambda name: name[0].startswith(prefix), names)
        return (model_id for _, model_id in found)
