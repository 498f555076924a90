"""The few facts that stand large under a model's name: what it costs, and how much it takes."""

from collections.abc import Iterator
from typing import NamedTuple

from handler.domain.catalog.profile import Profile
from handler.domain.formatting import format_modalities, format_token_count
from handler.domain.previews.model_preview import Preview
from handler.domain.pricing.format import format_usd
from handler.domain.pricing.types import Price, PricingKind


class KeyFact(NamedTuple):
    """One of the few facts that stand large under a model's name."""

    label: str
    value: str
    unit: str = ""


def key_facts(profile: Profile, preview: Preview) -> Iterator[KeyFact]:
    """Yield the figures, in their order."""
    model = profile.model
    prices = [p for mode in ("prompt", "completion") if (p := model.pricing.price(mode))]
    prices = prices or list(model.pricing.prices[:2])
    if model.pricing.kind is PricingKind.PRICED:
        yield from map(_price_figure, prices)
    else:
        yield KeyFact("Price", preview.price or "Not published")
    if model.context_length:
        yield KeyFact("Context", format_token_count(model.context_length), "tokens")
    if profile.arena_rank:
        yield KeyFact("Arena rank", f"#{profile.arena_rank.rank}", f"of {profile.arena_rank.total}")
    modes = format_modalities(model.input_modalities, model.output_modalities)
    if modes:
        yield KeyFact("Takes → gives", modes.replace("+", ", "))


def _price_figure(price: Price) -> KeyFact:
    return KeyFact(price.label, format_usd(price.display_amount), price.unit.phrase)
