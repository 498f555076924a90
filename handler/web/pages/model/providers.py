"""The table of a model's providers: their prices, limits and uptime."""

from collections.abc import Iterator
from typing import NamedTuple

from handler.domain.catalog.endpoints import Endpoint
from handler.domain.catalog.model import Model
from handler.domain.catalog.profile import Profile
from handler.domain.formatting import format_token_count
from handler.domain.pricing.format import format_price, format_tiers
from handler.domain.pricing.headline import headline
from handler.domain.pricing.types import Pricing, PricingKind
from handler.web.formatting import format_percent, map_optional


class ProviderRow(NamedTuple):
    """An endpoint as text, with None for values that are not published.

    `is_as_listed` says that its prices of tokens in and out equal those of the model list.
    """

    provider: str
    note: str
    price: str | None
    cache_read: str | None
    context: str | None
    max_completion: str | None
    quantization: str | None
    uptime: str | None
    is_as_listed: bool


def provider_rows(profile: Profile) -> list[ProviderRow]:
    """Return a row for each endpoint, the cheapest first."""
    model = profile.model
    return [_provider_row(endpoint, model) for endpoint in profile.endpoints()]


def _provider_row(endpoint: Endpoint, model: Model) -> ProviderRow:
    is_as_listed = _has_listed_prices(endpoint.pricing, model.pricing)
    cache_read = endpoint.pricing.price("input_cache_read")
    return ProviderRow(
        provider=endpoint.provider,
        note=", ".join(_notes(endpoint, is_as_listed=is_as_listed)),
        price=headline(endpoint.pricing, model.output_modalities),
        cache_read=map_optional(format_price, cache_read),
        context=map_optional(format_token_count, endpoint.context_length),
        max_completion=map_optional(format_token_count, endpoint.max_completion_tokens),
        quantization=endpoint.quantization,
        uptime=None if endpoint.uptime_1d is None else format_percent(endpoint.uptime_1d / 100),
        is_as_listed=is_as_listed,
    )


def _has_listed_prices(own: Pricing, listed: Pricing) -> bool:
    if own.kind is not PricingKind.PRICED or listed.kind is not PricingKind.PRICED:
        return False
    return all(own.price(name) == listed.price(name) for name in ("prompt", "completion"))


def _notes(endpoint: Endpoint, *, is_as_listed: bool) -> Iterator[str]:
    """Yield what distinguishes endpoints of one provider, and what speaks against one."""
    if endpoint.tag and "/" in endpoint.tag:
        yield endpoint.tag
    if endpoint.service_tier:
        yield f"{endpoint.service_tier} service tier"
    elif is_as_listed:
        yield "matches list price"
    if endpoint.discount:
        yield f"{endpoint.discount:.0%} discount"
    if endpoint.is_degraded:
        yield "degraded"
    if tiers := format_tiers(endpoint.pricing.tiers):
        yield tiers
