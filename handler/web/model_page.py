"""The page of one model, from its record to the words in their order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handler.domain.catalog import Catalog
from handler.domain.merged import merged_record
from handler.domain.model import Model
from handler.domain.preview import Preview, modalities, preview_of, tokens_in_short
from handler.domain.price_words import usd
from handler.domain.prices import MODES, Kind, Price, Pricing
from handler.domain.strict_json import for_readers
from handler.web.documents import Document
from handler.web.head import Head
from handler.web.structured_data import model_graph
from handler.web.templating import Templates
from handler.web.words import from_unix, path_of

_HUGGING_FACE_ID = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)

# What a page says where there are no prices to show.
PRICE_NOTES = {
    Kind.FREE: "Free while it is offered so: OpenRouter lists it at no charge per token.",
    Kind.VARIABLE: "Variable: this is a router, and each request costs what the model that "
    "answers it costs.",
    Kind.ELSEWHERE: "Billed by the provider in units that OpenRouter’s list does not show; the "
    "zeros in its raw record do not mean free.",
    Kind.UNPUBLISHED: "OpenRouter’s list publishes no price for this model.",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the few facts that stand large under a model's name."""

    label: str
    value: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class PriceRow:
    """What one mode costs: first the base price, None if it has none, then the one in each tier."""

    label: str
    unit: str
    prices: tuple[Price | None, ...]


def model_page(templates: Templates, catalog: Catalog, model_id: str, origin: str) -> Document:
    """Return the page of a model that the catalog lists."""
    model = catalog.model(model_id)
    preview = preview_of(model)
    path = path_of(model.id)
    links = _links(model)
    graph = model_graph(
        model, preview, origin + path, origin, catalog.as_of, [url for _, url in links]
    )
    head = Head(
        title=preview.title,
        description=preview.description,
        path=path,
        kind="article",
        published=from_unix(model.created) if model.created else None,
        labels=list(_labels(preview)),
        structured=graph,
    )
    return templates.page(
        "model.html",
        head,
        origin,
        model=model,
        catalog=catalog,
        links=links,
        target=_listed_target(model, catalog),
        figures=list(_figures(model, preview)),
        price_rows=_price_rows(model.pricing),
        price_note=PRICE_NOTES.get(model.pricing.kind),
        created=from_unix(model.created) if model.created else None,
        hugging_face_url=_hugging_face_url(model),
        raw=for_readers(merged_record(model)),
    )


def _labels(preview: Preview) -> Iterator[tuple[str, str]]:
    if preview.price:
        yield "Price", preview.price
    if preview.context:
        yield "Context", preview.context


def _figures(model: Model, preview: Preview) -> Iterator[Figure]:
    prices = [p for mode in ("prompt", "completion") if (p := model.pricing.price(mode))]
    prices = prices or list(model.pricing.prices[:2])
    if model.pricing.kind is Kind.PRICED:
        yield from map(_price_figure, prices)
    else:
        yield Figure("Price", preview.price or "Not published")
    if model.context_length:
        yield Figure("Context", tokens_in_short(model.context_length), "tokens")
    modes = modalities(model.input_modalities, model.output_modalities)
    if modes:
        yield Figure("Takes → gives", modes.replace("+", ", "))


def _price_figure(price: Price) -> Figure:
    return Figure(price.label, usd(price.shown_amount), price.unit.phrase)


def _price_rows(pricing: Pricing) -> list[PriceRow]:
    """Return a row for each mode. A tier that says nothing of a mode leaves its base price."""
    columns = [pricing.prices, *(tier.prices for tier in pricing.tiers)]
    modes = {price.mode: price for prices in reversed(columns) for price in prices}
    return [
        PriceRow(
            modes[mode].label,
            modes[mode].unit.phrase,
            tuple(_in_column(mode, prices) or pricing.price(mode) for prices in columns),
        )
        for mode in MODES
        if mode in modes
    ]


def _in_column(mode: str, prices: tuple[Price, ...]) -> Price | None:
    return next((price for price in prices if price.mode == mode), None)


def _links(model: Model) -> list[tuple[str, str]]:
    links = [("OpenRouter", f"https://openrouter.ai{path_of(model.id)}")]
    hugging_face = _hugging_face_url(model)
    return [*links, ("Hugging Face", hugging_face)] if hugging_face else links


def _hugging_face_url(model: Model) -> str | None:
    name = model.hugging_face_id
    if name and _HUGGING_FACE_ID.fullmatch(name):
        return f"https://huggingface.co/{name}"
    return None


def _listed_target(model: Model, catalog: Catalog) -> str | None:
    """Return the id that an alias stands for, where the catalog has it."""
    listed = {entry.id for entry in catalog.entries}
    return model.alias_target if model.alias_target in listed else None
