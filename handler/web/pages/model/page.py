"""The page of one model, from what is known of it to the words in their order."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.model import Model, base_id
from handler.domain.catalog.profile import Profile
from handler.domain.catalog.provenance import ARENA, DETAILS, LIST, SOURCES, USAGE, Provenance
from handler.domain.catalog.public_record import merged_record, source_type
from handler.domain.catalog.usage import citation
from handler.domain.ingest.lenient_json import for_readers
from handler.domain.previews.discord_model_embed import model_embed
from handler.domain.previews.model_preview import Preview, preview_of
from handler.web.cards.content.pages import face_of_model
from handler.web.cards.palette import dye_of
from handler.web.cards.url import card_of
from handler.web.formatting import from_unix, path_of
from handler.web.http.response import Document
from handler.web.pages.model.changes import MOST_SHOWN, happenings
from handler.web.pages.model.cost_examples import CALCULATED, why_not_reckoned, work_rows
from handler.web.pages.model.key_facts import key_figures
from handler.web.pages.model.price_history import past_prices, unchanged_prices
from handler.web.pages.model.prices import PRICE_NOTES, listed_at_nothing, price_rows
from handler.web.pages.model.providers import provider_rows
from handler.web.pages.model.related import related_models
from handler.web.pages.model.share import copyables
from handler.web.rendering.json_ld import model_data, pictured
from handler.web.rendering.metadata import Head
from handler.web.rendering.templates import Templates
from handler.web.urls import What

_MOST_TIERS = 6  # at most 4 seen
_HUGGING_FACE_ID = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)


def model_page(templates: Templates, catalog: Catalog, model_id: str, origin: str) -> Document:
    """Return the page of a model that the catalog has."""
    profile = catalog.profile(model_id)
    model, preview = profile.model, preview_of(profile)
    providers, related = provider_rows(profile), related_models(catalog, model.id)
    return templates.page(
        "model.html",
        _head(profile, preview, catalog, origin),
        origin,
        profile=profile,
        model=model,
        catalog=catalog,
        sources=_sources(profile, catalog),
        links=_links(model),
        target=model.alias_target if catalog.has(model.alias_target or "") else None,
        successor=_successor(profile, catalog),
        figures=list(key_figures(profile, preview)),
        **_prices(model),
        provider_rows=providers,
        asked_as_listed=any(row.is_as_listed for row in providers),
        base_id=(base := base_id(model.id)),
        base_is_known=catalog.has(base),
        **_past(profile, catalog),
        related=related,
        newer=next((other for other in related if other.is_newer), None),
        copyables=copyables(model.name, origin + path_of(model.id), catalog.as_of),
        source_type=source_type(profile),
        citation=citation(catalog.sources[USAGE].as_of.isoformat()) if profile.usage else None,
        created=from_unix(model.created) if model.created else None,
        hugging_face_url=_hugging_face_url(model),
        raw=for_readers(merged_record(profile)),
    )


def _prices(model: Model) -> dict[str, Any]:
    """Return what the template says of prices: as listed, and of typical work."""
    tiers = model.pricing.tiers[:_MOST_TIERS]
    return {
        "tiers": tiers,
        "more_tiers": len(model.pricing.tiers) - len(tiers),
        "price_rows": price_rows(replace(model.pricing, tiers=tiers)),
        "price_note": PRICE_NOTES.get(model.pricing.kind),
        "at_nothing": listed_at_nothing(model.pricing, model.raw.get("pricing")),
        "work_rows": work_rows(model),
        "why_not_reckoned": why_not_reckoned(model),
        "calculated": CALCULATED,
    }


def _past(profile: Profile, catalog: Catalog) -> dict[str, Any]:
    """Return what the template says of the past: its prices as a chart, and every change."""
    rows = happenings(profile)
    return {
        "past": past_prices(profile, catalog.as_of),
        "unchanged": unchanged_prices(profile),
        "happenings": rows,
        "is_cut": len(rows) == MOST_SHOWN,
    }


def _head(profile: Profile, preview: Preview, catalog: Catalog, origin: str) -> Head:
    model = profile.model
    path = path_of(model.id)
    card = card_of(path, face_of_model(profile))
    same_as = [url for _, url in _links(model)]
    data = model_data(model, preview, path, origin, catalog.as_of, same_as)
    return Head(
        title=preview.title,
        description=preview.description,
        path=path,
        kind="article",
        published=from_unix(model.created) if model.created else None,
        labels=list(_labels(preview)),
        structured=pictured(data, origin + card.path),
        card=card,
        embed=_embed(model, preview, origin + path, origin + card.path, card.alt),
        feed=What.FEED.path_beside(path),
        markdown=What.MARKDOWN.path_beside(path),
        indexed=profile.withdrawn is None,
    )


def _embed(model: Model, preview: Preview, url: str, card_url: str, card_alt: str) -> str | None:
    """Return what Discord shows in place of the usual preview, None where it would refuse it."""
    red, green, blue = dye_of(model.author)
    return model_embed(
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
        DETAILS: profile.offers is not None,
        ARENA: profile.standing is not None,
        USAGE: profile.usage is not None,
    }
    return [catalog.sources[name] for name in SOURCES if used[name] and name in catalog.sources]


def _successor(profile: Profile, catalog: Catalog) -> str | None:
    """Return the id that an alias which stood for this model stands for today."""
    if not profile.once_alias or not catalog.has(profile.once_alias):
        return None
    target = catalog.profile(profile.once_alias).model.alias_target
    return target if target != profile.model.id and catalog.has(target or "") else None


def _links(model: Model) -> list[tuple[str, str]]:
    links = [("OpenRouter", f"https://openrouter.ai{path_of(model.id)}")]
    hugging_face = _hugging_face_url(model)
    return [*links, ("Hugging Face", hugging_face)] if hugging_face else links


def _hugging_face_url(model: Model) -> str | None:
    name = model.hugging_face_id
    if name and _HUGGING_FACE_ID.fullmatch(name):
        return f"https://huggingface.co/{name}"
    return None
