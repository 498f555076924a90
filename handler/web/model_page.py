"""The page of one model, from what is known of it to the words in their order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handler.domain.catalog import Catalog
from handler.domain.discord.model_embed import model_embed
from handler.domain.merged import merged_record, source_type
from handler.domain.model import Model, base_id
from handler.domain.preview import Preview, modalities, preview_of, tokens_in_short
from handler.domain.price_words import usd
from handler.domain.prices import Kind, Price
from handler.domain.profile import Profile
from handler.domain.provenance import ARENA, DETAILS, LIST, SOURCES, USAGE, Provenance
from handler.domain.strict_json import for_readers
from handler.domain.usage import citation
from handler.web.beside import What
from handler.web.card_address import card_of
from handler.web.cards.palette import dye_of
from handler.web.documents import Document
from handler.web.happenings import happenings
from handler.web.head import Head
from handler.web.page_faces import face_of_model
from handler.web.price_table import PRICE_NOTES, price_rows
from handler.web.provider_table import provider_rows
from handler.web.structured_data import model_data, pictured
from handler.web.templating import Templates
from handler.web.words import from_unix, path_of

_HUGGING_FACE_ID = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the few facts that stand large under a model's name."""

    label: str
    value: str
    unit: str = ""


def model_page(templates: Templates, catalog: Catalog, model_id: str, origin: str) -> Document:
    """Return the page of a model that the catalog has."""
    profile = catalog.profile(model_id)
    model, preview = profile.model, preview_of(profile)
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
        figures=list(_figures(profile, preview)),
        price_rows=price_rows(model.pricing),
        price_note=PRICE_NOTES.get(model.pricing.kind),
        provider_rows=provider_rows(profile),
        base_id=base_id(model.id),
        happenings=happenings(profile),
        source_type=source_type(profile),
        citation=citation(catalog.sources[USAGE].as_of.isoformat()) if profile.usage else None,
        created=from_unix(model.created) if model.created else None,
        hugging_face_url=_hugging_face_url(model),
        raw=for_readers(merged_record(profile)),
    )


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


def _figures(profile: Profile, preview: Preview) -> Iterator[Figure]:
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
