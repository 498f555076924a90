"""JSON values of the API. The field names are public: they stay when ours change."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.endpoints import Endpoint
from handler.domain.catalog.model import Model
from handler.domain.catalog.profile import Profile
from handler.domain.catalog.provenance import SOURCES, USAGE, Provenance, to_json
from handler.domain.pricing.conditions import format_clock, format_conditions
from handler.domain.pricing.cost import CostRange, NoCost, Workload, estimate_cost
from handler.domain.pricing.format import format_decimal
from handler.domain.pricing.headline import headline, search_fee
from handler.domain.pricing.schedule import WEEKDAYS
from handler.domain.pricing.types import Condition, Price, Pricing, Tier
from handler.domain.search.summary import ModelRow
from handler.version import read_version
from handler.web.urls import model_path

# Names in the API where they differ from ours.
_PUBLIC_NAMES = {"fetched_at": "fetched", "skipped": "set_aside"}


def serialize_summary(row: ModelRow, site_url: str) -> dict[str, Any]:
    """Return a model as in a list, with null where nothing is published."""
    return {
        "id": row.id,
        "name": row.name,
        "author": row.author,
        "url": site_url + model_path(row.id),
        "created": row.created,
        "context_length": row.context,
        "input_modalities": list(row.inputs),
        "output_modalities": list(row.outputs),
        "price": row.price,
        "PPM": dict(row.per_million),
        "last_read": row.read_at.isoformat(),
        "withdrawn_since": row.withdrawn.isoformat() if row.withdrawn else None,
    }


def serialize_workload(workload: Workload) -> dict[str, Any]:
    """Return the workload of a comparison."""
    return {
        "tokens_in": workload.tokens_in,
        "tokens_out": workload.tokens_out,
        "requests": workload.requests,
        "cached_percent": workload.cached_percent,
    }


def serialize_estimates(
    profiles: Iterable[Profile], workload: Workload
) -> dict[str, dict[str, str | None]]:
    """Return the cost of a workload by model id, with its range over the week or its absence."""
    models = [profile.model for profile in profiles]
    return {model.id: _estimate(model, estimate_cost(model, workload)) for model in models}


def _estimate(model: Model, cost: CostRange | NoCost) -> dict[str, str | None]:
    fee = search_fee(model.pricing)
    per_search = _decimal(fee.amount) if fee and fee.amount is not None else None
    if isinstance(cost, NoCost):
        return {"lowest": None, "highest": None, "reason": cost.value, "per_search": per_search}
    lowest, highest = map(_decimal, cost)
    return {"lowest": lowest, "highest": highest, "reason": None, "per_search": per_search}


def serialize_history(profile: Profile) -> dict[str, Any]:
    """Return the changes of a model, newest first, with the values that were compared."""
    history = profile.history
    return {
        "id": profile.model.id,
        "first_seen": history.first_seen.isoformat(),
        "last_read": profile.read_at.isoformat(),
        "withdrawn_since": history.withdrawn.isoformat() if history.withdrawn else None,
        "events": [e._asdict() | {"moment": e.moment.isoformat()} for e in history.events()],
    }


def serialize_endpoints(profile: Profile) -> dict[str, Any]:
    """Return a model's endpoints, the cheapest first; `asked` is null before the first fetch."""
    data, outputs = profile.endpoint_data, profile.model.output_modalities
    return {
        "id": profile.model.id,
        "asked": data.fetched_at.isoformat() if data else None,
        "endpoints": [_endpoint(endpoint, outputs) for endpoint in profile.endpoints()],
    }


def serialize_status(catalog: Catalog) -> dict[str, Any]:
    """Return the snapshot that is served, and the state of each of its sources."""
    # Usage, which needs a key, is left out where it is absent.
    names = [name for name in SOURCES if name != USAGE or name in catalog.sources]
    return {
        "code": read_version(),
        "snapshot": catalog.version,
        "as_of": catalog.as_of.isoformat(),
        "models": catalog.listed_count,
        "withdrawn": catalog.withdrawn_count,
        "sources": {name: _state(catalog.sources.get(name)) for name in names},
    }


def _endpoint(endpoint: Endpoint, output_modalities: tuple[str, ...]) -> dict[str, Any]:
    return {
        "provider": endpoint.provider,
        "tag": endpoint.tag,
        "quantization": endpoint.quantization,
        "context_length": endpoint.context_length,
        "max_prompt_tokens": endpoint.max_prompt_tokens,
        "max_completion_tokens": endpoint.max_completion_tokens,
        "price": headline(endpoint.pricing, output_modalities),
        "pricing": _pricing(endpoint.pricing),
        "discount": None if endpoint.discount is None else float(endpoint.discount),
        "uptime_1d": endpoint.uptime_1d,
        "is_degraded": endpoint.is_degraded,
        "service_tier": endpoint.service_tier,
    }


def serialize_prices(profile: Profile) -> dict[str, Any]:
    """Return all prices of a model, with its schedule."""
    model = profile.model
    price = headline(model.pricing, model.output_modalities)
    return {"id": model.id, "price": price, "pricing": _pricing(model.pricing)}


def _pricing(pricing: Pricing) -> dict[str, Any]:
    return {
        "kind": pricing.kind.value,
        "prices": list(map(_price, pricing.prices)),
        "tiers": list(map(_tier, pricing.tiers)),
        "unreadable_overrides": pricing.schedule.unreadable,
    }


def _tier(tier: Tier) -> dict[str, Any]:
    return {
        "condition": format_conditions(tier.conditions),
        "conditions": list(map(_condition, tier.conditions)),
        "prices": list(map(_price, tier.prices)),
    }


def _condition(condition: Condition) -> dict[str, Any]:
    """Return a condition as data, with null for a part that does not limit it."""
    prompt_over, window = condition
    days = None if window is None else window.days
    return {
        "min_prompt_tokens": prompt_over,
        "utc_days": None if days is None else [WEEKDAYS[day] for day in days],
        "utc_start": window and format_clock(window.start),
        "utc_end": window and format_clock(window.end),
    }


def _price(price: Price) -> dict[str, str | None]:
    amount = price.display_amount
    usd = None if amount is None else _decimal(amount)
    return {"mode": price.dimension, "usd": usd, "unit": price.unit.phrase}


def _decimal(amount: Decimal) -> str:
    return format_decimal(amount.normalize())


def _state(source: Provenance | None) -> dict[str, Any]:
    if source is None:
        return {"state": "absent"}
    public = {_PUBLIC_NAMES.get(name, name): value for name, value in to_json(source).items()}
    return {"state": source.state, **public}
