"""Facts by which a model is recognized, and prices, compared between the stored list and a new one.

A list may say more than before: a fact that was not published and is now is no rewriting. Neither
is another form of the same fact.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from handler.domain.catalog.model import Model

# A price that rose or fell by this factor is more likely a mistake.
SUSPICIOUS_PRICE_FACTOR = 10
_TOKEN_DIMENSIONS = {"prompt", "completion"}
# So many models may change at once, however few are listed.
MIN_ALLOWED_REWRITES = 10
# A value that so many models get at once, where they had none, is a mistake.
_MAX_MODELS_WITH_ONE_NEW_VALUE = 10

ModelPairs = Sequence[tuple[Model, Model]]
"""The stored model and the new one of each id that both lists have."""


class Fact(NamedTuple):
    """A fact, its label in a message, and its value in a form that equal facts share.

    Each model has its own value of an `is_individual` fact. An empty value is not published.
    """

    label: str
    read: Callable[[Model], Any]
    is_individual: bool = False


# Of real models a quarter had another context length after fourteen months, a tenth took more kinds
# of input after ten, and every other fact changed for 3 % at most.
FACTS = (
    Fact("name", lambda model: model.name if model.name != model.id else None, True),
    Fact("context length", lambda model: model.context_length),
    Fact("time of release", lambda model: model.created),
    Fact("Hugging Face id", lambda model: (model.hugging_face_id or "").lower(), True),
    Fact("kinds of input", lambda model: frozenset(model.input_modalities)),
    Fact("kinds of output", lambda model: frozenset(model.output_modalities)),
    Fact("last day", lambda model: model.expiration_date, True),
)


def has_lost_fact(old: Model, new: Model) -> bool:
    """Return whether the new model lacks a name or context length that the old one has."""
    has_lost_name = old.name != old.id and new.name == new.id
    return has_lost_name or bool(old.context_length and not new.context_length)


def find_rewritten(fact: Fact, pairs: ModelPairs) -> list[str]:
    """Return the ids of the models that have another value of a fact than before, or none."""
    values = [(new.id, fact.read(old), fact.read(new)) for old, new in pairs]
    added = Counter(after for _, before, after in values if after and not before)
    return [
        model_id
        for model_id, before, after in values
        if before != after
        and (before or (fact.is_individual and added[after] > _MAX_MODELS_WITH_ONE_NEW_VALUE))
    ]


def is_repriced(old: Model, new: Model) -> bool:
    """Return whether a price per token is ten times what it was, a tenth of it, or gone."""
    before, after = old.pricing.schedule.amounts, new.pricing.schedule.amounts
    # A price that is no longer published counts as 0. No real one has ever been dropped.
    return any(
        _is_suspicious_change(before[dimension], after.get(dimension, Decimal(0)))
        for dimension in _TOKEN_DIMENSIONS & before.keys()
    )


def _is_suspicious_change(before: Decimal, after: Decimal) -> bool:
    if before <= 0 or after <= 0:
        return before != after
    return max(before / after, after / before) >= SUSPICIOUS_PRICE_FACTOR
