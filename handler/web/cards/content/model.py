"""The card of one model."""

from collections.abc import Iterator
from datetime import date, datetime

from handler.domain.catalog.lifetime import Retirement, find_created, find_retirement
from handler.domain.catalog.model import Model, split_display_name
from handler.domain.catalog.profile import Profile
from handler.domain.formatting import format_modalities, format_token_count
from handler.domain.pricing.format import format_amount, format_price
from handler.domain.pricing.headline import (
    OUTPUT_DIMENSIONS,
    has_surcharge_tier,
    headline_prices,
    is_priced_by_hour,
    request_fee,
)
from handler.domain.pricing.types import MILLION, Price, PriceUnit, Pricing, PricingKind
from handler.web.cards.content.card_content import CardContent, Stat
from handler.web.formatting import datetime_from_unix, format_date, map_optional

# The stats of a model without prices in dollars.
PRICE_KIND_STATS = {
    PricingKind.FREE: Stat("Price", "Free"),
    PricingKind.VARIABLE: Stat("Price", "Variable"),
    PricingKind.SET_BY_PROVIDER: Stat("Price set by", "Provider"),
    PricingKind.UNPUBLISHED: Stat("Price", "Not published"),
}
BILLED_BY_LENGTH = Stat("Billed", "By length", "of audio")

_MAX_STATS = 3
_SEPARATOR = " · "
_WITHDRAWN = "No longer listed"
_UNIT_LABELS = {
    PriceUnit.IMAGE_TOKEN: "Image tokens",
    PriceUnit.AUDIO_TOKEN: "Audio tokens",
    PriceUnit.CHARACTER: "Characters",
}


def card_for_profile(profile: Profile, as_of: datetime) -> CardContent:
    """Return the card of a model's page; `as_of` is the moment of the newest list.

    It leaves out what changes by the hour, such as usage: a new hash is a new URL. So it has a
    date only where the model was last read in an older list.
    """
    rank = profile.arena_rank
    created = map_optional(datetime_from_unix, find_created(profile))
    return model_card(
        profile.model,
        arena_rank=(rank.rank, rank.total) if rank else None,
        released=created.date() if created else None,
        retirement=find_retirement(profile, as_of),
        is_withdrawn=profile.withdrawn is not None,
        read_on=profile.read_at if profile.read_at != as_of else None,
    )


def model_card(
    model: Model,
    *,
    arena_rank: tuple[int, int] | None = None,
    released: date | None = None,
    retirement: Retirement | None = None,
    is_withdrawn: bool = False,
    read_on: date | None = None,
) -> CardContent:
    """Return the card of a model; `arena_rank` is its rank and the number of ranked models.

    `read_on` is the date of its facts, None where it goes without saying.
    """
    vendor, title = split_display_name(model.name, model.author)
    stats = list(_price_stats(model))[:_MAX_STATS]
    modalities = format_modalities(model.input_modalities, model.output_modalities) or ""
    known_as_of = f"as of {format_date(read_on)}" if read_on else ""
    footnotes = [known_as_of, *_price_notes(model.pricing), modalities.replace("+", ", ")]
    if model.context_length:
        context = format_token_count(model.context_length)
        if len(stats) < _MAX_STATS:
            stats.append(Stat("Context, tokens", context))
        else:
            footnotes.insert(0, f"{context} context")
    return CardContent(
        title=title,
        plain_title=model.id,
        identicon_seed=model.author,
        kicker=vendor,
        badge=_WITHDRAWN if is_withdrawn else _badge(model, arena_rank, released, retirement),
        is_warning=is_withdrawn or retirement is not None,
        stats=tuple(stats),
        footnote=_SEPARATOR.join(filter(None, footnotes)),
    )


def _badge(
    model: Model,
    arena_rank: tuple[int, int] | None,
    released: date | None,
    retirement: Retirement | None,
) -> str:
    """Return the most important fact of a listed model: its end, Arena rank or release."""
    if retirement and retirement.is_overdue:
        return f"Was due to retire {retirement.day:%-d %b %Y}"
    if retirement:
        return f"Until {format_date(retirement.day)}"
    if model.alias_target:
        return f"Now {model.alias_target.partition('/')[2] or model.alias_target}"
    if arena_rank:
        return f"Arena #{arena_rank[0]:,} of {arena_rank[1]:,}"
    return f"since {released:%B %Y}" if released else ""


def _price_notes(pricing: Pricing) -> Iterator[str]:
    """Yield what the stats alone would not say: the hours, and a fee per request."""
    if is_priced_by_hour(pricing):
        yield "price by the hour"
    if fee := request_fee(pricing):
        yield f"+ {format_price(fee)}"


def _price_stats(model: Model) -> Iterator[Stat]:
    pricing = model.pricing
    if pricing.kind in PRICE_KIND_STATS:
        yield PRICE_KIND_STATS[pricing.kind]
        return
    suffix = " from" if has_surcharge_tier(pricing) else ""
    for price in headline_prices(pricing, model.output_modalities):
        yield BILLED_BY_LENGTH if price.unit is PriceUnit.UNSTATED else _price_stat(price, suffix)


def _price_stat(price: Price, suffix: str) -> Stat:
    """Return "Input", "$1.25", "/M"; units other than text tokens are named by the label."""
    unit_label = _UNIT_LABELS.get(price.unit)
    direction = "out" if price.dimension in OUTPUT_DIMENSIONS else "in"
    label = f"{unit_label} {direction}" if unit_label else price.label
    unit = "/M" if price.unit.quantity == MILLION else price.unit.suffix
    return Stat(label + suffix, format_amount(price).capitalize(), unit)
