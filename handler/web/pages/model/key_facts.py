"""The key facts under a model's name: its price, context length, rank and modalities."""

from collections.abc import Iterator
from typing import NamedTuple

from handler.domain.catalog.profile import Profile
from handler.domain.formatting import format_modalities, format_token_count
from handler.domain.previews.model_preview import Preview
from handler.domain.pricing.format import format_usd
from handler.domain.pricing.types import Price, PricingKind


class KeyFact(NamedTuple):
    """A labelled value in large type; the unit follows in small type."""

    label: str
    value: str
    unit: str = ""


def key_facts(profile: Profile, preview: Preview) -> Iterator[KeyFact]:
    """Yield the key facts in the order of the page."""
    model = profile.model
    prices = list(filter(None, map(model.pricing.price, ("prompt", "completion"))))
    prices = prices or list(model.pricing.prices[:2])
    if model.pricing.kind is PricingKind.PRICED:
        yield from map(_price_fact, prices)
    else:
        yield KeyFact("Price", preview.price or "Not published")
    if model.context_length:
        yield KeyFact("Context", format_token_count(model.context_length), "tokens")
    if profile.arena_rank:
        yield KeyFact("Arena rank", f"#{profile.arena_rank.rank}", f"of {profile.arena_rank.total}")
    modalities = format_modalities(model.input_modalities, model.output_modalities)
    if modalities:
        yield KeyFact("Takes → gives", modalities.replace("+", ", "))


def _price_fact(price: Price) -> KeyFact:
    return KeyFact(price.label, format_usd(price.display_amount), price.unit.phrase)
