"""The figures in large type at the top of a model's page."""

from collections.abc import Iterator
from typing import NamedTuple

from handler.domain.catalog.profile import Profile
from handler.domain.formatting import format_modalities, format_token_count
from handler.domain.pricing.format import format_amount
from handler.domain.pricing.headline import has_surcharge_tier, request_fee
from handler.domain.pricing.types import PricingKind


class KeyFact(NamedTuple):
    """A labelled value in large type; the unit follows in small type."""

    label: str
    value: str
    unit: str = ""


def key_facts(profile: Profile, headline: str | None) -> Iterator[KeyFact]:
    """Yield the prices, or the headline of a model without any, and the other figures."""
    model = profile.model
    prices = list(filter(None, map(model.pricing.price, ("prompt", "completion"))))
    prices = prices or list(model.pricing.prices[:2])
    if model.pricing.kind is PricingKind.PRICED:
        suffix = " from" if has_surcharge_tier(model.pricing) else ""
        for price in prices:
            yield KeyFact(price.label + suffix, format_amount(price), price.unit.phrase)
        if fee := request_fee(model.pricing):
            yield KeyFact("Fee", f"+ {format_amount(fee)}", fee.unit.phrase)
    else:
        yield KeyFact("Price", headline or "Not published")
    if model.context_length:
        yield KeyFact("Context", format_token_count(model.context_length), "tokens")
    if profile.arena_rank:
        yield KeyFact("Arena rank", f"#{profile.arena_rank.rank}", f"of {profile.arena_rank.total}")
    modalities = format_modalities(model.input_modalities, model.output_modalities)
    if modalities:
        yield KeyFact("Modalities", modalities.replace("+", ", "))
