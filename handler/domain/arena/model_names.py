"""The models that the leaderboard can rank, and the names by which it may call them."""

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
    """One name of a model.

    `kind` describes it for readers; `order` counts up from the most reliable kind of name.
    `parts.effort` is set where only a row for that effort can rank the model.
    """

    model: Model
    kind: str
    order: int
    normalized: str
    parts: ParsedName

    @property
    def is_authors_own(self) -> bool:
        """Whether the name is certainly the model's: a Hugging Face id may be another model's."""
        return self.kind != _BY_HUGGING_FACE


def rankable_models(models: Sequence[Model]) -> list[Model]:
    """Return the models that rows can rank: those that write text, one for each set of weights.

    A `:thinking` variant is ranked by itself, and one of an unknown kind is not ranked.
    """
    inheritance = rank_inheritance(models)
    variants = SAME_WEIGHTS | {"", _THINKING_VARIANT}
    return [
        model
        for model in models
        if model.id not in inheritance and variant(model.id) in variants and _writes_text(model)
    ]


def names_for(model: Model) -> Iterator[ModelName]:
    """Yield the names of a model, the most reliable first."""
    id_slug = slug_part(base_id(model.id))
    names = {
        "its id": id_slug,
        "its id with the author in front": f"{model.author}-{id_slug}",
        "its canonical slug": slug_part(model.canonical_slug or ""),
        _BY_HUGGING_FACE: slug_part(model.hugging_face_id or ""),
    }
    effort = THINKING if variant(model.id) == _THINKING_VARIANT else None
    for order, (kind, name) in enumerate(names.items()):
        if name:
            parts = parse_dated_name(name)._replace(effort=effort)
            yield ModelName(model, kind, order, normalize_name(name), parts)


def slug_part(identifier: str) -> str:
    """Return an identifier without its author."""
    return identifier.rpartition("/")[2]


def _writes_text(model: Model) -> bool:
    return not model.output_modalities or "text" in model.output_modalities
