"""The HTML page of a model."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.lifetime import find_created, find_retirement
from handler.domain.catalog.model import Model, base_id
from handler.domain.catalog.profile import Profile
from handler.domain.catalog.provenance import ARENA, ENDPOINTS, LIST, SOURCES, USAGE, Provenance
from handler.domain.catalog.public_record import public_record, source_type
from handler.domain.catalog.usage import citation
from handler.domain.formatting import format_modalities, format_token_count
from handler.domain.previews.model_preview import Preview, build_preview
from handler.domain.pricing.conditions import format_conditions
from handler.domain.pricing.format import format_amount
from handler.domain.pricing.headline import has_surcharge_tier, is_priced_by_hour, request_fee
from handler.domain.pricing.types import PricingKind
from handler.web.formatting import datetime_from_unix, map_optional, pretty_json
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse
from handler.web.pages.changes import MAX_ROWS, change_rows
from handler.web.pages.model import prices
from handler.web.pages.model.head import external_links, hugging_face_url, model_head, reading_note
from handler.web.pages.model.price_history import price_history_section, unchanged_prices_label
from handler.web.pages.model.providers import provider_rows
from handler.web.pages.model.related import related_models
from handler.web.pages.model.share import share_snippets
from handler.web.rendering.templates import Templates
from handler.web.site import Site
from handler.web.urls import model_path

if TYPE_CHECKING:
    from handler.web.pages.model.week import WeekSection

_MAX_TIERS = 6  # real models have four at most


class KeyFact(NamedTuple):
    """A labelled value in large type; the unit follows in small type."""

    label: str
    value: str
    unit: str = ""


def model_view(site: Site, _request: Request, model: str) -> CacheableResponse:
    """Answer the page of a model."""
    catalog = site.catalog.get()
    model_id = catalog.find(model)
    return site.pages.get_or_render(
        catalog,
        ("model", model_id),
        lambda: model_page(site.templates, catalog, model_id, site.site_url),
    )


def model_page(
    templates: Templates, catalog: Catalog, model_id: str, site_url: str
) -> CacheableResponse:
    """Return the page of a model in the catalog."""
    profile = catalog.profile(model_id)
    model, preview = profile.model, build_preview(profile)
    providers, related = provider_rows(profile), related_models(catalog, model.id)
    base = base_id(model.id)
    return templates.page(
        "model.html",
        model_head(profile, preview, catalog, site_url),
        site_url,
        profile=profile,
        model=model,
        catalog=catalog,
        sources=_sources(profile, catalog),
        links=external_links(model),
        reading_note=reading_note(profile, catalog.as_of),
        target=_alias_target(model, catalog),
        successor=_successor(profile, catalog),
        key_facts=list(_key_facts(profile, preview)),
        **_prices(profile),
        provider_rows=providers,
        any_as_listed=any(row.is_as_listed for row in providers),
        base_id=base,
        base_is_known=base in catalog,
        **_history(profile),
        related=related,
        newer=next((other for other in related if other.is_newer), None),
        snippets=share_snippets(model.name, site_url + model_path(model.id), profile.read_at),
        source_type=source_type(profile),
        citation=citation(catalog.sources[USAGE].as_of.isoformat()) if profile.usage else None,
        created=map_optional(datetime_from_unix, find_created(profile)),
        retirement=find_retirement(profile, catalog.as_of),
        hugging_face_url=hugging_face_url(model),
        raw=pretty_json(public_record(profile)),
    )


def _key_facts(profile: Profile, preview: Preview) -> Iterator[KeyFact]:
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
        yield KeyFact("Price", preview.price or "Not published")
    if model.context_length:
        yield KeyFact("Context", format_token_count(model.context_length), "tokens")
    if profile.arena_rank:
        yield KeyFact("Arena rank", f"#{profile.arena_rank.rank}", f"of {profile.arena_rank.total}")
    modalities = format_modalities(model.input_modalities, model.output_modalities)
    if modalities:
        yield KeyFact("Takes → gives", modalities.replace("+", ", "))


def _prices(profile: Profile) -> dict[str, Any]:
    """Return the template's variables for prices and cost examples."""
    model = profile.model
    tiers = model.pricing.tiers[:_MAX_TIERS]
    return {
        "tiers": [format_conditions(tier.conditions) for tier in tiers],
        "base_label": prices.base_price_label(model.pricing),
        "more_tiers": len(model.pricing.tiers) - len(tiers),
        "price_rows": prices.price_rows(model.pricing._replace(tiers=tiers)),
        "price_note": prices.price_note(model),
        "zero_priced": prices.zero_priced_dimensions(model),
        "per_search": prices.price_per_search(model.pricing),
        "week": _week(profile),
        "cost_rows": prices.cost_rows(model),
        "no_estimate_reason": prices.no_estimate_reason(model),
        "calculator": prices.CALCULATOR_FIELDS,
    }


def _week(profile: Profile) -> "WeekSection | None":
    pricing = profile.model.pricing
    if not is_priced_by_hour(pricing):
        return None
    from handler.web.pages.model.week import week_section  # noqa: PLC0415 - few models need it

    return week_section(pricing, profile.read_at)


def _history(profile: Profile) -> dict[str, Any]:
    """Return the template's variables for the chart of prices and the table of changes."""
    rows = change_rows(profile)
    return {
        "price_history": price_history_section(profile, profile.read_at),
        "unchanged_prices": unchanged_prices_label(profile),
        "changes": rows,
        "has_more_changes": len(rows) == MAX_ROWS,
    }


def _sources(profile: Profile, catalog: Catalog) -> list[Provenance]:
    """Return the provenance of the sources that the page uses."""
    used = {
        LIST: True,
        ENDPOINTS: profile.endpoint_data is not None,
        ARENA: profile.arena_rank is not None,
        USAGE: profile.usage is not None,
    }
    return [catalog.sources[name] for name in SOURCES if used[name] and name in catalog.sources]


def _successor(profile: Profile, catalog: Catalog) -> str | None:
    """Return the id of the model that a former alias of this one stands for today."""
    if not profile.former_alias or profile.former_alias not in catalog:
        return None
    target = _alias_target(catalog.profile(profile.former_alias).model, catalog)
    return target if target != profile.model.id else None


def _alias_target(model: Model, catalog: Catalog) -> str | None:
    target = model.alias_target
    return target if target and target in catalog else None
