"""The HTML page of a model."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.lifetime import find_created, find_retirement
from handler.domain.catalog.model import Model, base_id
from handler.domain.catalog.model_history import PRICE
from handler.domain.catalog.model_sentence import describe_model
from handler.domain.catalog.profile import Profile
from handler.domain.catalog.provenance import ARENA, ENDPOINTS, LIST, SOURCES, USAGE, Provenance
from handler.domain.catalog.public_record import public_record, source_type
from handler.domain.catalog.usage import citation
from handler.domain.previews.model_preview import build_preview
from handler.domain.pricing.conditions import format_conditions
from handler.domain.pricing.headline import is_priced_by_hour
from handler.domain.pricing.price_change import find_price_change, format_price_change
from handler.web.formatting import datetime_from_unix, map_optional, pretty_json
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse
from handler.web.pages.change_rows import MAX_ROWS, change_rows
from handler.web.pages.model import prices
from handler.web.pages.model.cost_examples import CALCULATOR_FIELDS, cost_rows, price_per_search
from handler.web.pages.model.head import external_links, hugging_face_url, model_head, reading_note
from handler.web.pages.model.key_facts import key_facts
from handler.web.pages.model.providers import provider_rows
from handler.web.pages.model.related import find_alias_target, find_successor, related_models
from handler.web.pages.model.share import share_snippets
from handler.web.rendering.templates import Templates
from handler.web.site import Site
from handler.web.urls import model_path

if TYPE_CHECKING:
    from handler.web.pages.model.price_history import PriceHistorySection
    from handler.web.pages.model.week import WeekSection

_STYLESHEET = "model.css"
_MAX_TIERS = 6  # real models have four at most


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
        stylesheet=_STYLESHEET,
        profile=profile,
        model=model,
        catalog=catalog,
        sources=_sources(profile, catalog),
        links=external_links(model),
        reading_note=reading_note(profile, catalog.as_of),
        target=find_alias_target(model, catalog),
        successor=find_successor(profile, catalog),
        key_facts=list(key_facts(profile, preview.price)),
        sentence=describe_model(model),
        price_change=_price_change(profile, catalog.as_of),
        has_limits=_has_limits(profile),
        has_modalities=_has_modalities(model),
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


def _price_change(profile: Profile, as_of: datetime) -> str | None:
    """Return "−32% since April", None where the price is what it was."""
    change = find_price_change(profile.history, profile.model, as_of)
    return format_price_change(change, as_of) if change else None


def _has_limits(profile: Profile) -> bool:
    model = profile.model
    counts = (model.context_length, model.provider_context_length, model.max_completion_tokens)
    dates = (model.knowledge_cutoff, model.expiration_date)
    return model.is_moderated is not None or any((*counts, *dates))


def _has_modalities(model: Model) -> bool:
    return any(
        (
            *(model.input_modalities, model.output_modalities, model.tokenizer),
            *(model.instruct_type, model.supported_parameters, model.default_parameters),
        )
    )


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
        "per_search": price_per_search(model.pricing),
        "week": _week(profile),
        "cost_rows": cost_rows(model),
        "calculator": CALCULATOR_FIELDS,
    }


def _week(profile: Profile) -> "WeekSection | None":
    pricing = profile.model.pricing
    if not is_priced_by_hour(pricing):
        return None
    from handler.web.pages.model.week import week_section  # noqa: PLC0415 - few models need it

    return week_section(pricing, profile.read_at)


def _price_history(profile: Profile) -> "PriceHistorySection | None":
    if len(profile.history.timelines[PRICE]) == 1:
        return None
    from handler.web.pages.model.price_history import price_history_section  # noqa: PLC0415 - not for every model

    return price_history_section(profile, profile.read_at)


def _history(profile: Profile) -> dict[str, Any]:
    """Return the template's variables for the chart of prices and the table of changes."""
    rows = change_rows(profile)
    return {
        "price_history": _price_history(profile),
        "unchanged_prices": prices.unchanged_prices_label(profile),
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
