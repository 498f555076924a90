"""Models that inherit another model's rank: variants of the same weights, and aliases."""

from collections.abc import Mapping, Sequence

from handler.domain.catalog.model import Model, base_id

# `:beta` was Anthropic's models without OpenRouter's moderation, the same weights too.
SAME_WEIGHTS = frozenset(
    {"batch", "beta", "exacto", "extended", "floor", "free", "nitro", "online"}
)


def variant(model_id: str) -> str:
    """Return the part of an id behind the colon, "" where there is none."""
    return model_id.partition(":")[2]


def rank_inheritance(models: Sequence[Model]) -> dict[str, str]:
    """Return, by model id, the id of the model whose rank a variant or an alias inherits.

    Where the base model is not listed, the first of its variants takes its place.
    """
    bases = {model.id: model.id for model in models if not variant(model.id)}
    inheritance = {
        model.id: _original_id(model, bases)
        for model in models
        if model.id.startswith("~") or variant(model.id) in SAME_WEIGHTS
    }
    return {heir: original for heir, original in inheritance.items() if heir != original}


def rank_source_id(model_id: str, inheritance: Mapping[str, str]) -> str:
    """Return the id of the model whose rank a model shows: its own, or another's."""
    original = inheritance.get(model_id, model_id)
    return inheritance.get(original, original)


def _original_id(model: Model, bases: dict[str, str]) -> str:
    if model.id.startswith("~"):
        return model.alias_target or ""
    return bases.setdefault(base_id(model.id), model.id)
