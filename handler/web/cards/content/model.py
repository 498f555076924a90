"""What the card of one model shows, and that of several side by side."""

from collections.abc import Iterator, Sequence
from datetime import date

from handler.domain.catalog import naming
from handler.domain.catalog.model import Model
from handler.domain.previews.model_preview import modalities, tokens_in_short
from handler.domain.pricing.format import has_dearer_tier, headline_prices, shown, usd
from handler.domain.pricing.types import MILLION, Kind, Price, Unit
from handler.web.cards.content.card_content import Face, Figure, Row
from handler.web.formatting import day

NOT_PUBLISHED = "—"

_MOST_FIGURES = 3
_SEPARATOR = " · "

# What stands in large type where there is no number.
_PRICE_WORDS = {
    Kind.FREE: Figure("Price", "Free"),
    Kind.VARIABLE: Figure("Price", "Variable"),
    Kind.ELSEWHERE: Figure("Price set by", "Provider"),
    Kind.UNPUBLISHED: Figure("Price", "Not published"),
}
_BY_LENGTH = Figure("Billed", "By length", "of audio")
_OUTPUTS = frozenset({"completion", "image_output", "image_token", "audio_output"})
_COUNTED = {
    Unit.IMAGE_TOKEN: "Image tokens",
    Unit.AUDIO_TOKEN: "Audio tokens",
    Unit.CHARACTER: "Characters",
}


def model_face(
    model: Model,
    *,
    arena_rank: tuple[int, int] | None = None,
    released: date | None = None,
    is_withdrawn: bool = False,
) -> Face:
    """Return the face of a model; `arena_rank` is its place among how many."""
    vendor, title = vendor_and_title(model)
    badge = _badge(model, arena_rank, released, is_withdrawn)
    prices = list(_price_figures(model))[:_MOST_FIGURES]
    context = list(_context_figures(model))
    has_room = len(prices) < _MOST_FIGURES
    return Face(
        title=title,
        plain_title=model.id,
        burgee=model.author,
        kicker=vendor,
        badge=badge,
        warns=is_withdrawn or model.expiration_date is not None,
        figures=(*prices, *(context if has_room else ())),
        footnote=_footnote(model, [] if has_room else context),
    )


def compare_face(models: Sequence[Model]) -> Face:
    """Return the face of two to five models side by side."""
    tiered = any(has_dearer_tier(model.pricing) for model in models)
    return Face(
        kicker=f"{len(models)} models side by side",
        columns=(Figure("Input", "", "/M"), Figure("Output", "", "/M"), Figure("Context", "")),
        rows=tuple(Row(vendor_and_title(model)[1], _values(model)) for model in models),
        footnote="US dollars per million tokens" + ("; + more in some tiers" if tiered else ""),
    )


def vendor_and_title(model: Model) -> tuple[str, str]:
    """Return who made a model and what it is called, as `naming` takes its name apart."""
    return naming.vendor_and_title(model.name, model.author)


def _badge(
    model: Model, arena_rank: tuple[int, int] | None, released: date | None, is_withdrawn: bool
) -> str:
    """Return the one thing to know besides: what warns before what ranks, then what dates."""
    if is_withdrawn:
        return "No longer listed"
    if model.expiration_date:
        return f"Until {day(model.expiration_date)}"
    if model.alias_target:
        return f"Now {model.alias_target.partition('/')[2] or model.alias_target}"
    if arena_rank:
        return f"Arena #{arena_rank[0]:,} of {arena_rank[1]:,}"
    return f"since {released:%B %Y}" if released else ""


def _price_figures(model: Model) -> Iterator[Figure]:
    pricing = model.pricing
    if pricing.kind in _PRICE_WORDS:
        yield _PRICE_WORDS[pricing.kind]
        return
    dearer = " from" if has_dearer_tier(pricing) else ""
    for price in headline_prices(pricing, model.output_modalities):
        yield _BY_LENGTH if price.unit is Unit.UNSTATED else _price_figure(price, dearer)


def _price_figure(price: Price, dearer: str) -> Figure:
    """Return "Input", "$1.25", "/M"; what is counted stands in the label if it is no text."""
    counted = _COUNTED.get(price.unit)
    way = "out" if price.mode in _OUTPUTS else "in"
    label = f"{counted} {way}" if counted else price.label
    unit = "/M" if price.unit.quantity == MILLION else price.unit.suffix
    return Figure(label + dearer, usd(price.shown_amount), unit)


def _context_figures(model: Model) -> Iterator[Figure]:
    if model.context_length:
        yield Figure("Context, tokens", tokens_in_short(model.context_length))


def _footnote(model: Model, left_over: Sequence[Figure]) -> str:
    modes = modalities(model.input_modalities, model.output_modalities)
    facts = [f"{figure.value} context" for figure in left_over]
    return _SEPARATOR.join([*facts, modes.replace("+", ", ")] if modes else facts)


def _values(model: Model) -> tuple[str, ...]:
    """Return input, output and context, or one word for both prices; "+" marks dearer tiers."""
    pricing = model.pricing
    context = tokens_in_short(model.context_length) if model.context_length else NOT_PUBLISHED
    if pricing.kind in _PRICE_WORDS:
        return _PRICE_WORDS[pricing.kind].value, context
    more = "+" if has_dearer_tier(pricing) else ""
    prices = headline_prices(pricing, model.output_modalities)
    by_mode = {price.mode: price for price in prices if price.unit is Unit.TOKEN}
    if "prompt" not in by_mode:
        return _BY_LENGTH.value if prices[0].unit is Unit.UNSTATED else shown(prices[0]), context
    modes = (by_mode.get("prompt"), by_mode.get("completion"))
    amounts = (usd(p.shown_amount) + more if p else NOT_PUBLISHED for p in modes)
    return *amounts, context
