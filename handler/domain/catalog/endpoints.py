"""The endpoints that OpenRouter lists for a model: one for each provider, with its own prices."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from itertools import accumulate
from typing import Any, NamedTuple

from handler.domain.errors import InvalidRecord
from handler.domain.ingest import fields
from handler.domain.pricing.parse import parse_pricing
from handler.domain.pricing.types import DIMENSIONS, Pricing, PricingKind

MAX_ENDPOINTS = 60  # real models have 19 at most

_TEXT_FIELDS = ("model_id", "provider_name", "tag", "quantization", "service_tier")
_NUMBER_FIELDS = (
    "context_length",
    "max_prompt_tokens",
    "max_completion_tokens",
    "status",
    "uptime_last_1d",
)
_MAX_TEXT_CHARACTERS = 200
# The endpoints of a real model have 12,000.
_MAX_STORED_CHARACTERS = 64 * 1024
# Real overrides have 300. A longer one is kept as one that cannot be read.
_MAX_OVERRIDE_CHARACTERS = 1_000


class Endpoint(NamedTuple):
    """An endpoint of a model. None means not published.

    Counts are tokens. `discount` is a share from 0 to 1 that the prices include already: they
    equal those of the model list. `uptime_1d` is a percentage of the last day. `is_degraded` is
    upstream's negative `status`: in all responses of 2026-05 it went with an uptime of less than
    95 % in the last half hour, and never without. `service_tier`, such as "flex" or "priority", is
    another level of service at another price; None is the usual one.
    """

    provider: str
    tag: str | None
    quantization: str | None
    context_length: int | None
    max_prompt_tokens: int | None
    max_completion_tokens: int | None
    pricing: Pricing
    discount: Decimal | None
    uptime_1d: float | None
    is_degraded: bool
    service_tier: str | None


def parse_endpoints(
    record: Any, model_id: str, output_modalities: Sequence[str]
) -> tuple[Endpoint, ...]:
    """Return the endpoints of a model, sorted by the price of one token in and one out together.

    Those of the usual service tier come first: others are no cheaper or dearer providers.

    `record` is the `data` object of a response, or the result of `compact_endpoints`. Endpoints
    without a readable provider, model id or price are skipped. So are those of other variants:
    upstream answers for `author/slug:free` with the endpoints of `author/slug`, whose prices are
    not free. Endpoints without a price per token come last.
    """
    endpoints = []
    for raw in _listed(record):
        with suppress(InvalidRecord):
            if _variant(fields.parse_text(raw, "model_id") or "") == _variant(model_id):
                endpoints.append(_parse_endpoint(raw, model_id, output_modalities))
    return tuple(sorted(endpoints, key=_sort_key))


def compact_endpoints(record: Any) -> list[dict[str, Any]]:
    """Return the readable endpoints of a response, with the fields that `parse_endpoints` reads.

    Those past _MAX_STORED_CHARACTERS of JSON are left out.
    """
    compacted = [_compact(raw) for raw in _listed(record) if _is_readable(raw)]
    sizes = accumulate(len(json.dumps(endpoint)) for endpoint in compacted)
    pairs = zip(compacted, sizes, strict=True)
    return [endpoint for endpoint, size in pairs if size <= _MAX_STORED_CHARACTERS]


def _listed(record: Any) -> list[dict[str, Any]]:
    listed = record.get("endpoints") if isinstance(record, dict) else record
    listed = listed if isinstance(listed, list) else []
    return [raw for raw in listed[:MAX_ENDPOINTS] if isinstance(raw, dict)]


def _is_readable(raw: Mapping[str, Any]) -> bool:
    # The model's id and modalities affect the meaning of prices, not whether they can be read.
    try:
        fields.parse_text(raw, "model_id")
        _parse_endpoint(raw, "", ())
    except InvalidRecord:
        return False
    return True


def _variant(model_id: str) -> str:
    return model_id.partition(":")[2]


def _parse_endpoint(
    raw: Mapping[str, Any], model_id: str, output_modalities: Sequence[str]
) -> Endpoint:
    provider = fields.parse_text(raw, "provider_name")
    if provider is None:
        raise InvalidRecord("an endpoint names no provider")
    quantization = fields.get_text(raw, "quantization")
    prices = fields.parse_object(raw, "pricing")
    discount, status = fields.get_number(prices, "discount", 1), raw.get("status")
    return Endpoint(
        provider=provider,
        tag=fields.get_text(raw, "tag"),
        quantization=None if quantization == "unknown" else quantization,
        context_length=fields.get_count(raw, "context_length") or None,
        max_prompt_tokens=fields.get_count(raw, "max_prompt_tokens") or None,
        max_completion_tokens=fields.get_count(raw, "max_completion_tokens") or None,
        pricing=parse_pricing(prices, model_id, output_modalities),
        discount=Decimal(str(discount)) if discount else None,
        uptime_1d=fields.get_number(raw, "uptime_last_1d", 100),
        is_degraded=isinstance(status, int | float) and status < 0,
        service_tier=fields.get_text(raw, "service_tier"),
    )


def _sort_key(endpoint: Endpoint) -> tuple[Any, ...]:
    price = _token_price(endpoint.pricing)
    name = (endpoint.provider.lower(), endpoint.provider, endpoint.tag or "")
    other_tier = endpoint.service_tier is not None
    return other_tier, price is None, price or Decimal(0), name, repr(endpoint)


def _token_price(pricing: Pricing) -> Decimal | None:
    """Return US dollars for one token in and one out, None where no such price is published."""
    if pricing.kind is PricingKind.FREE:
        return Decimal(0)
    prices = filter(None, map(pricing.price, ("prompt", "completion")))
    return sum((price.amount or Decimal(0) for price in prices), Decimal(0)) or None


def _compact(raw: Mapping[str, Any]) -> dict[str, Any]:
    texts = {key: text for key in _TEXT_FIELDS if (text := fields.get_text(raw, key))}
    prices = fields.get_object(raw, "pricing")
    pricing = _pick(_published(prices), (*DIMENSIONS, "discount"))
    overrides = prices.get("overrides")
    if overrides:
        pricing["overrides"] = _compact_overrides(overrides)
    return {**texts, **_pick(_published(raw), _NUMBER_FIELDS), "pricing": pricing}


def _compact_overrides(overrides: Any) -> list[Any]:
    """Return the overrides with all their fields: an unknown one may be a condition."""
    listed = overrides[:MAX_ENDPOINTS] if isinstance(overrides, list) else [None]
    sizes = [len(json.dumps(override)) for override in listed]
    pairs = zip(listed, sizes, strict=True)
    return [override if size <= _MAX_OVERRIDE_CHARACTERS else None for override, size in pairs]


def _published(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    return {key: value for key, value in raw.items() if value is not None}


def _pick(raw: Mapping[str, Any], keys: Sequence[str]) -> dict[str, Any]:
    """Return the fields of these names whose values could be read as a number or a price."""
    return {key: raw[key] for key in keys if key in raw and _is_plain(raw[key])}


def _is_plain(value: Any) -> bool:
    is_short_text = isinstance(value, str) and len(value) < _MAX_TEXT_CHARACTERS
    return is_short_text or isinstance(value, int | float | None)
