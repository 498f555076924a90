"""Which models show the rank of another: the same weights served otherwise, and aliases."""

from collections.abc import Mapping, Sequence

from handler.domain.catalog.model import Model, base_id

# `:beta` was Anthropic's models without OpenRouter's moderation, the same weights too.
SAME_WEIGHTS = frozenset(
    {"batch", "beta", "exacto", "extended", "floor", "free", "nitro", "online"}
)


def variant(model_id: str) -> str:
    """Return what stands behind the colon of an id, "" where there is none."""
    return model_id.partition(":")[2]


def rank_inheritance(models: Sequence[Model]) -> dict[str, str]:
    """Return, for each model that is another one by its weights or as an alias, that one's id.

    Where the base model is not listed, the first of its variants stands for it.
    """
    bases = {model.id: model.id for model in models if not variant(model.id)}
    inheriting = {
        model.id: _original(model, bases)
        for model in models
        if model.id.startswith("~") or variant(model.id) in SAME_WEIGHTS
    }
    return {one: other for one, other in inheriting.items() if one != other}


def rank_source_id(model_id: str, inheriting: Mapping[str, str]) -> str:
    """Return the id of the model whose rank a model shows: its own, or another's."""
    target = inheriting.get(model_id, model_id)
    return inheriting.get(target, target)


def _original(model: Model, bases: dict[str, str]) -> str:
    if model.id.startswith("~"):
        return model.alias_target or ""
    return bases.setdefault(base_id(model.id), model.id)
