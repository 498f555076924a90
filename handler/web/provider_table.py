"""The table of who serves a model, and on what terms."""

from collections.abc import Iterator
from dataclasses import dataclass

from handler.domain.endpoints import Endpoint
from handler.domain.preview import tokens_in_short
from handler.domain.price_words import headline, shown
from handler.domain.profile import Profile


@dataclass(frozen=True, slots=True)
class ProviderRow:
    """One endpoint in words; None where nothing is published."""

    provider: str
    note: str
    price: str | None
    cache_read: str | None
    context: str | None
    longest_completion: str | None
    uptime: str | None


def provider_rows(profile: Profile) -> list[ProviderRow]:
    """Return a row for each endpoint, the cheapest first."""
    made = profile.model.output_modalities
    return [_row(endpoint, made) for endpoint in profile.endpoints()]


def _row(endpoint: Endpoint, output_modalities: tuple[str, ...]) -> ProviderRow:
    cache_read = endpoint.pricing.price("input_cache_read")
    return ProviderRow(
        provider=endpoint.provider,
        note=", ".join(_notes(endpoint)),
        price=headline(endpoint.pricing, output_modalities),
        cache_read=shown(cache_read) if cache_read else None,
        context=_tokens(endpoint.context_length),
        longest_completion=_tokens(endpoint.max_completion_tokens),
        uptime=None if endpoint.uptime_1d is None else f"{endpoint.uptime_1d:.1f} %",
    )


def _notes(endpoint: Endpoint) -> Iterator[str]:
    """Yield what tells two endpoints of one provider apart, and what speaks against one."""
    if endpoint.tag and "/" in endpoint.tag:
        yield endpoint.tag
    if endpoint.quantization and endpoint.quantization not in (endpoint.tag or ""):
        yield endpoint.quantization
    if endpoint.discount:
        yield f"{endpoint.discount:.0%} discount"
    if endpoint.is_degraded:
        yield "degraded"


def _tokens(count: int | None) -> str | None:
    return tokens_in_short(count) if count else None
