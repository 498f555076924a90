"""What the card of one model shows, and that of several side by side."""

from collections.abc import Iterator, Sequence
from datetime import date

from handler.domain.catalog import model as catalog_model
from handler.domain.catalog.model import Model
from handler.domain.formatting import format_modalities, format_token_count
from handler.domain.pricing.format import (
    format_price,
    format_usd,
    has_surcharge_tier,
    headline_prices,
)
from handler.domain.pricing.types import MILLION, Price, PriceUnit, PricingKind
from handler.web.cards.content.card_content import CardContent, Stat, TableRow
from handler.web.formatting import format_date

NOT_PUBLISHED = "—"

_MAX_STATS = 3
_SEPARATOR = " · "

# What stands in large type where there is no number.
_PRICE_WORDS = {
    PricingKind.FREE: Stat("Price", "Free"),
    PricingKind.VARIABLE: Stat("Price", "Variable"),
    PricingKind.SET_BY_PROVIDER: Stat("Price set by", "Provider"),
    PricingKind.UNPUBLISHED: Stat("Price", "Not published"),
}
_BY_LENGTH = Stat("Billed", "By length", "of audio")
_OUTPUTS = frozenset({"completion", "image_output", "image_token", "audio_output"})
_COUNTED = {
    PriceUnit.IMAGE_TOKEN: "Image tokens",
    PriceUnit.AUDIO_TOKEN: "Audio tokens",
    PriceUnit.CHARACTER: "Characters",
}


def model_card(
    model: Model,
    *,
    arena_rank: tuple[int, int] | None = None,
    released: date | None = None,
    is_withdrawn: bool = False,
) -> CardContent:
    """Return the face of a model; `arena_rank` is its place among how many."""
    vendor, title = split_display_name(model)
    badge = _badge(model, arena_rank, released, is_withdrawn)
    prices = list(_price_figures(model))[:_MAX_STATS]
    context = list(_context_figures(model))
    has_room = len(prices) < _MAX_STATS
    return CardContent(
        title=title,
        plain_title=model.id,
        identicon_seed=model.author,
        kicker=vendor,
        badge=badge,
        is_warning=is_withdrawn or model.expiration_date is not None,
        stats=(*prices, *(context if has_room else ())),
        footnote=_footnote(model, [] if has_room else context),
    )


def comparison_card(models: Sequence[Model]) -> CardContent:
    """Return the face of two to five models side by side."""
    tiered = any(has_surcharge_tier(model.pricing) for model in models)
    return CardContent(
        kicker=f"{len(models)} models side by side",
        columns=(Stat("Input", "", "/M"), Stat("Output", "", "/M"), Stat("Context", "")),
        rows=tuple(TableRow(split_display_name(model)[1], _values(model)) for model in models),
        footnote="US dollars per million tokens" + ("; + more in some tiers" if tiered else ""),
    )


def split_display_name(model: Model) -> tuple[str, str]:
    """Return who made a model and what it is called, as `naming` takes its name apart."""
    return catalog_model.split_display_name(model.name, model.author)


def _badge(
    model: Model, arena_rank: tuple[int, int] | None, released: date | None, is_withdrawn: bool
) -> str:
    """Return the one thing to know besides: what warns before what ranks, then what dates."""
    if is_withdrawn:
        return "No longer listed"
    if model.expiration_date:
        return f"Until {format_date(model.expiration_date)}"
    if model.alias_target:
        return f"Now {model.alias_target.partition('/')[2] or model.alias_target}"
    if arena_rank:
        return f"Arena #{arena_rank[0]:,} of {arena_rank[1]:,}"
    return f"since {released:%B %Y}" if released else ""


def _price_figures(model: Model) -> Iterator[Stat]:
    pricing = model.pricing
    if pricing.kind in _PRICE_WORDS:
        yield _PRICE_WORDS[pricing.kind]
        return
    dearer = " from" if has_surcharge_tier(pricing) else ""
    for price in headline_prices(pricing, model.output_modalities):
        yield _BY_LENGTH if price.unit is PriceUnit.UNSTATED else _price_figure(price, dearer)


def _price_figure(price: Price, dearer: str) -> Stat:
    """Return "Input", "$1.25", "/M"; what is counted stands in the label if it is no text."""
    counted = _COUNTED.get(price.unit)
    way = "out" if price.dimension in _OUTPUTS else "in"
    label = f"{counted} {way}" if counted else price.label
    unit = "/M" if price.unit.quantity == MILLION else price.unit.suffix
    return Stat(label + dearer, format_usd(price.display_amount), unit)


def _context_figures(model: Model) -> Iterator[Stat]:
    if model.context_length:
        yield Stat("Context, tokens", format_token_count(model.context_length))


def _footnote(model: Model, left_over: Sequence[Stat]) -> str:
    modes = format_modalities(model.input_modalities, model.output_modalities)
    facts = [f"{figure.value} context" for figure in left_over]
    return _SEPARATOR.join([*facts, modes.replace("+", ", ")] if modes else facts)


def _values(model: Model) -> tuple[str, ...]:
    """Return input, output and context, or one word for both prices; "+" marks dearer tiers."""
    pricing = model.pricing
    context = format_token_count(model.context_length) if model.context_length else NOT_PUBLISHED
    if pricing.kind in _PRICE_WORDS:
        return _PRICE_WORDS[pricing.kind].value, context
    more = "+" if has_surcharge_tier(pricing) else ""
    prices = headline_prices(pricing, model.output_modalities)
    by_mode = {price.dimension: price for price in prices if price.unit is PriceUnit.TOKEN}
    if "prompt" not in by_mode:
        return _BY_LENGTH.value if prices[0].unit is PriceUnit.UNSTATED else format_price(
            prices[0]
        ), context
    modes = (by_mode.get("prompt"), by_mode.get("completion"))
    amounts = (format_usd(p.display_amount) + more if p else NOT_PUBLISHED for p in modes)
    return *amounts, context
