"""The names of all models that a leaderboard can rank, for look-ups by a row's name."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from handler.domain.arena.model_names import ModelName, names_for
from handler.domain.arena.name_variants import NO_THINKING, THINKING, ParsedName, spelling_key
from handler.domain.catalog.model import Model

_EFFORT_WORDS = {
    THINKING: ("think", "thinking", "reasoning"),
    NO_THINKING: ("no-thinking", "non-thinking", "non-reasoning"),
}


class NameIndex:
    """The names of models, by stem and by spelling."""

    def __init__(self, models: Sequence[Model]) -> None:
        self._by_stem: dict[str, list[ModelName]] = defaultdict(list)
        self._by_spelling: dict[tuple[str, ...], list[ModelName]] = defaultdict(list)
        for model in models:
            for name in names_for(model):
                self._by_stem[name.parts.stem].append(name)
                if name.is_authors_own:
                    self._by_spelling[spelling_key(name.parts.stem)].append(name)

    def find(self, row_name: ParsedName) -> Iterator[ModelName]:
        """Yield the names with the stem of a row's name, then those spelled in another way."""
        for name in self._by_stem.get(row_name.stem, []):
            if name.parts.effort in (None, row_name.effort):
                yield name
        for name in self._by_spelling.get(spelling_key(row_name.stem), []):
            if name.parts.stem != row_name.stem and name.parts.effort in (None, row_name.effort):
                yield name

    def has_sibling(self, row_name: ParsedName, model: Model) -> bool:
        """Return whether the author has another model, whose name has the effort of a row's."""
        effort = row_name.effort or ""
        stems = [f"{row_name.stem}-{word}" for word in _EFFORT_WORDS.get(effort, (effort,))]
        return any(
            name.model.author == model.author and name.model.id != model.id
            for stem, names in self._by_stem.items()
            if f"{stem}-".startswith(tuple(f"{one}-" for one in stems))
            for name in names
        )
