"""Which models a row of the leaderboard may mean, and by what names."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from handler.domain.arena.name_variants import (
    THINKING,
    ParsedName,
    normalize_name,
    parse_dated_name,
)
from handler.domain.arena.shared_weights import SAME_WEIGHTS, rank_inheritance, variant
from handler.domain.catalog.model import Model, base_id

_THINKING_VARIANT = "thinking"
_BY_HUGGING_FACE = "its Hugging Face id"


class ModelName(NamedTuple):
    """One name of a model: `order` counts up from the surest kind of name.

    `parts.effort` is set where only a row for that effort means the model.
    """

    model: Model
    kind: str
    order: int
    whole: str
    parts: ParsedName

    @property
    def is_authors_own(self) -> bool:
        """Return whether the name is sure to be the model's; a Hugging Face id may be another's."""
        return self.kind != _BY_HUGGING_FACE


def rankable_models(models: Sequence[Model]) -> list[Model]:
    """Return the models that rows may mean: those that write text, one for each of the weights.

    `:thinking` is another mode with a rank of its own; a variant that nobody here knows has none.
    """
    inheriting = rank_inheritance(models)
    known = SAME_WEIGHTS | {"", _THINKING_VARIANT}
    return [
        model
        for model in models
        if model.id not in inheriting and variant(model.id) in known and _writes_text(model)
    ]


def names_for(model: Model) -> Iterator[ModelName]:
    """Yield the names of a model, the surest first."""
    id_tail = slug_part(base_id(model.id))
    kinds = {
        "its id": id_tail,
        "its id with the author in front": f"{model.author}-{id_tail}",
        "its canonical slug": slug_part(model.canonical_slug or ""),
        _BY_HUGGING_FACE: slug_part(model.hugging_face_id or ""),
    }
    effort = THINKING if variant(model.id) == _THINKING_VARIANT else None
    for order, (kind, text) in enumerate(kinds.items()):
        if text:
            parts = parse_dated_name(text)._replace(effort=effort)
            yield ModelName(model, kind, order, normalize_name(text), parts)


def slug_part(identifier: str) -> str:
    """Return what stands behind the author."""
    return identifier.rpartition("/")[2]


def _writes_text(model: Model) -> bool:
    return not model.output_modalities or "text" in model.output_modalities
