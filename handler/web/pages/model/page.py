"""The page of one model, from what is known of it to the words in their order."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.model import Model, base_id
from handler.domain.catalog.profile import Profile
from handler.domain.catalog.provenance import ARENA, ENDPOINTS, LIST, SOURCES, USAGE, Provenance
from handler.domain.catalog.public_record import public_record, source_type
from handler.domain.catalog.usage import citation
from handler.domain.ingest.lenient_json import for_readers
from handler.domain.previews.discord_model_embed import build_model_embed
from handler.domain.previews.model_preview import Preview, build_preview
from handler.web.cards.content.model import card_for_profile
from handler.web.cards.palette import author_color
from handler.web.cards.url import card_image_for
from handler.web.formatting import datetime_from_unix
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse
from handler.web.pages.model.changes import MAX_ROWS, change_rows
from handler.web.pages.model.cost_examples import CALCULATOR_DEFAULTS, cost_rows, no_estimate_reason
from handler.web.pages.model.key_facts import key_facts
from handler.web.pages.model.price_history import price_history_section, unchanged_prices_label
from handler.web.pages.model.prices import PRICE_NOTES, price_rows, zero_priced_dimensions
from handler.web.pages.model.providers import provider_rows
from handler.web.pages.model.related import related_models
from handler.web.pages.model.share import share_snippets
from handler.web.rendering.json_ld import model_data, with_image
from handler.web.rendering.metadata import HeadMetadata
from handler.web.rendering.templates import Templates
from handler.web.site import Site
from handler.web.urls import Representation, model_path

_MAX_TIERS = 6  # at most 4 seen
_HUGGING_FACE_ID = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)


def model_view(site: Site, request: Request, model: str) -> CacheableResponse:
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
    """Return the page of a model that the catalog has."""
    profile = catalog.profile(model_id)
    model, preview = profile.model, build_preview(profile)
    providers, related = provider_rows(profile), related_models(catalog, model.id)
    return templates.page(
        "model.html",
        _head(profile, preview, catalog, site_url),
        site_url,
        profile=profile,
        model=model,
        catalog=catalog,
        sources=_sources(profile, catalog),
        links=_links(model),
        target=model.alias_target if catalog.__contains__(model.alias_target or "") else None,
        successor=_successor(profile, catalog),
        figures=list(key_facts(profile, preview)),
        **_prices(model),
        provider_rows=providers,
        asked_as_listed=any(row.is_as_listed for row in providers),
        base_id=(base := base_id(model.id)),
        base_is_known=catalog.__contains__(base),
        **_past(profile, catalog),
        related=related,
        newer=next((other for other in related if other.is_newer), None),
        copyables=share_snippets(model.name, site_url + model_path(model.id), catalog.as_of),
        source_type=source_type(profile),
        citation=citation(catalog.sources[USAGE].as_of.isoformat()) if profile.usage else None,
        created=datetime_from_unix(model.created) if model.created else None,
        hugging_face_url=_hugging_face_url(model),
        raw=for_readers(public_record(profile)),
    )


def _prices(model: Model) -> dict[str, Any]:
    """Return what the template says of prices: as listed, and of typical work."""
    tiers = model.pricing.tiers[:_MAX_TIERS]
    return {
        "tiers": tiers,
        "more_tiers": len(model.pricing.tiers) - len(tiers),
        "price_rows": price_rows(replace(model.pricing, tiers=tiers)),
        "price_note": PRICE_NOTES.get(model.pricing.kind),
        "at_nothing": zero_priced_dimensions(model.pricing, model.raw.get("pricing")),
        "cost_rows": cost_rows(model),
        "no_estimate_reason": no_estimate_reason(model),
        "calculated": CALCULATOR_DEFAULTS,
    }


def _past(profile: Profile, catalog: Catalog) -> dict[str, Any]:
    """Return what the template says of the past: its prices as a chart, and every change."""
    rows = change_rows(profile)
    return {
        "past": price_history_section(profile, catalog.as_of),
        "unchanged": unchanged_prices_label(profile),
        "happenings": rows,
        "is_cut": len(rows) == MAX_ROWS,
    }


def _head(profile: Profile, preview: Preview, catalog: Catalog, site_url: str) -> HeadMetadata:
    model = profile.model
    path = model_path(model.id)
    card = card_image_for(path, card_for_profile(profile))
    same_as = [url for _, url in _links(model)]
    data = model_data(model, preview, path, site_url, catalog.as_of, same_as)
    return HeadMetadata(
        title=preview.title,
        description=preview.description,
        path=path,
        og_type="article",
        published_at=datetime_from_unix(model.created) if model.created else None,
        labels=list(_labels(preview)),
        json_ld=with_image(data, site_url + card.path),
        card=card,
        embed=_embed(model, preview, site_url + path, site_url + card.path, card.alt),
        feed=Representation.FEED.url_for(path),
        markdown=Representation.MARKDOWN.url_for(path),
        indexable=profile.withdrawn is None,
    )


def _embed(model: Model, preview: Preview, url: str, card_url: str, card_alt: str) -> str | None:
    """Return what Discord shows in place of the usual preview, None where it would refuse it."""
    red, green, blue = author_color(model.author)
    return build_model_embed(
        name=preview.title,
        facts=[preview.description],
        url=url,
        card_url=card_url,
        card_alt=card_alt,
        accent_color=red << 16 | green << 8 | blue,
    )


def _labels(preview: Preview) -> Iterator[tuple[str, str]]:
    if preview.price:
        yield "Price", preview.price
    if preview.context:
        yield "Context", preview.context


def _sources(profile: Profile, catalog: Catalog) -> list[Provenance]:
    """Return the sources that the page draws on."""
    used = {
        LIST: True,
        ENDPOINTS: profile.endpoint_data is not None,
        ARENA: profile.arena_rank is not None,
        USAGE: profile.usage is not None,
    }
    return [catalog.sources[name] for name in SOURCES if used[name] and name in catalog.sources]


def _successor(profile: Profile, catalog: Catalog) -> str | None:
    """Return the id that an alias which stood for this model stands for today."""
    if not profile.former_alias or not catalog.__contains__(profile.former_alias):
        return None
    target = catalog.profile(profile.former_alias).model.alias_target
    return target if target != profile.model.id and catalog.__contains__(target or "") else None


def _links(model: Model) -> list[tuple[str, str]]:
    links = [("OpenRouter", f"https://openrouter.ai{model_path(model.id)}")]
    hugging_face = _hugging_face_url(model)
    return [*links, ("Hugging Face", hugging_face)] if hugging_face else links


def _hugging_face_url(model: Model) -> str | None:
    name = model.hugging_face_id
    if name and _HUGGING_FACE_ID.fullmatch(name):
        return f"https://huggingface.co/{name}"
    return None
