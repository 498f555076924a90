"""The few facts that stand large under a model's name: what it costs, and how much it takes."""

from collections.abc import Iterator
from typing import NamedTuple

from handler.domain.catalog.profile import Profile
from handler.domain.previews.model_preview import Preview, modalities, tokens_in_short
from handler.domain.pricing.format import usd
from handler.domain.pricing.types import Kind, Price


class Figure(NamedTuple):
    """One of the few facts that stand large under a model's name."""

    label: str
    value: str
    unit: str = ""


def key_figures(profile: Profile, preview: Preview) -> Iterator[Figure]:
    """Yield the figures, in their order."""
    model = profile.model
    prices = [p for mode in ("prompt", "completion") if (p := model.pricing.price(mode))]
    prices = prices or list(model.pricing.prices[:2])
    if model.pricing.kind is Kind.PRICED:
        yield from map(_price_figure, prices)
    else:
        yield Figure("Price", preview.price or "Not published")
    if model.context_length:
        yield Figure("Context", tokens_in_short(model.context_length), "tokens")
    if profile.standing:
        yield Figure("Arena rank", f"#{profile.standing.rank}", f"of {profile.standing.of}")
    modes = modalities(model.input_modalities, model.output_modalities)
    if modes:
        yield Figure("Takes → gives", modes.replace("+", ", "))


def _price_figure(price: Price) -> Figure:
    return Figure(price.label, usd(price.shown_amount), price.unit.phrase)
