"""Where the price of a model stands among those of its kind.

A kind is one modality of output, billed by tokens alone: text, or embeddings. Prices are those of
three input tokens and one output token, the field's blended price; embeddings have no output price.
Free models and aliases are not counted: a free model has no price, an alias is another model's.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from handler.domain.catalog.model import Model
from handler.domain.pricing.cost import is_token_billed
from handler.domain.pricing.headline import blend
from handler.domain.pricing.types import PricingKind

PERCENT_STEP = 5
MIN_MODELS = 20
_DIGITS = 6
_STEPS = 100 // PERCENT_STEP
_KIND_WORDS = {"embeddings": "embedding"}

PriceScale = Sequence[Decimal]
"""The 19 quantiles of prices from 5 to 95 percent: inverted distribution function, lowest first."""

NO_SCALES: Mapping[str, PriceScale] = MappingProxyType({})


class PricePosition(NamedTuple):
    """At least how many percent of the paid models of a kind cost more, and how many cost less."""

    kind: str
    dearer: int
    cheaper: int


def find_kind(model: Model) -> str | None:
    """Return the kind among which a model's price stands, None where it has none."""
    outputs = model.output_modalities
    is_paid = model.pricing.kind is PricingKind.PRICED
    return outputs[0] if is_paid and len(outputs) == 1 and is_token_billed(model) else None


def blended_price(model: Model) -> Decimal | None:
    """Return US dollars per million tokens, three of four of them input; None without a price."""
    prompt, completion = map(model.pricing.price_per_million, ("prompt", "completion"))
    if prompt is None or not completion:
        return prompt or None
    return blend(prompt, completion)


def build_price_scales(listed: Iterable[Model]) -> dict[str, PriceScale]:
    """Return the scale of each kind with at least MIN_MODELS prices, rounded to six digits."""
    prices: dict[str, list[Decimal]] = defaultdict(list)
    for model in listed:
        kind, price = find_kind(model), blended_price(model)
        if kind and price and not model.alias_target:
            prices[kind].append(_round(price))
    return {
        kind: _quantiles(sorted(found))
        for kind, found in sorted(prices.items())
        if len(found) >= MIN_MODELS
    }


def find_price_position(model: Model, scales: Mapping[str, PriceScale]) -> PricePosition | None:
    """Return where a model's price stands among those of its kind, None without a scale."""
    kind, price = find_kind(model), blended_price(model)
    if kind is None or not price or not (scale := scales.get(kind)):
        return None
    own = _round(price)
    dearer, cheaper = sum(each > own for each in scale), sum(each < own for each in scale)
    return PricePosition(kind, dearer * PERCENT_STEP, cheaper * PERCENT_STEP)


def format_price_position(position: PricePosition) -> str:
    """Return "Cheaper than 70% of paid text models", or "Costs more than 60% of text models"."""
    models = f"{_KIND_WORDS.get(position.kind, position.kind)} models"
    if position.dearer >= 50:
        return f"Cheaper than {position.dearer}% of paid {models}"
    if position.cheaper >= 50:
        return f"Costs more than {position.cheaper}% of {models}"
    return f"About the median price of paid {models}"


def _quantiles(prices: Sequence[Decimal]) -> list[Decimal]:
    """Return the quantiles of sorted prices: at least that share is at or below each of them."""
    return [prices[-(-len(prices) * step // _STEPS) - 1] for step in range(1, _STEPS)]


def _round(price: Decimal) -> Decimal:
    return round(price, _DIGITS - 1 - price.adjusted()).normalize()
