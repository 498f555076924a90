"""The card of one model."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple

from handler.domain.catalog.abilities import format_abilities
from handler.domain.catalog.lifetime import Retirement, find_created, find_retirement
from handler.domain.catalog.model import Model, split_display_name
from handler.domain.catalog.profile import Profile
from handler.domain.formatting import format_token_count
from handler.domain.pricing.format import format_amount, format_price
from handler.domain.pricing.headline import (
    OUTPUT_DIMENSIONS,
    has_surcharge_tier,
    headline_prices,
    is_priced_by_hour,
    request_fee,
)
from handler.domain.pricing.price_change import find_price_change, format_price_change
from handler.domain.pricing.price_position import (
    NO_SCALES,
    PricePosition,
    PriceScale,
    find_price_position,
    format_price_position,
)
from handler.domain.pricing.types import Price, PriceUnit, Pricing, PricingKind
from handler.web.cards.content.card_content import CardContent, Stat
from handler.web.formatting import capitalize_first, datetime_from_unix, format_date, map_optional

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
_MADE_MEDIA = {"Image": "Images", "Audio": "Audio"}
# The medium and the unit of a price by the million.
_UNIT_LABELS = {
    PriceUnit.TOKEN: ("", "tokens"),
    PriceUnit.IMAGE_TOKEN: ("Image", "tokens"),
    PriceUnit.AUDIO_TOKEN: ("Audio", "tokens"),
    PriceUnit.CHARACTER: ("", "characters"),
}


class CardFacts(NamedTuple):
    """What a card shows besides the model's record.

    `arena_rank` is a rank and the number of ranked models, `price_change` is in words, `read_on`
    the date of the facts, None where it goes without saying.
    """

    arena_rank: tuple[int, int] | None = None
    released: date | None = None
    retirement: Retirement | None = None
    is_withdrawn: bool = False
    read_on: date | None = None
    price_change: str = ""
    position: PricePosition | None = None


NO_FACTS = CardFacts()


def card_for_profile(
    profile: Profile, as_of: datetime, scales: Mapping[str, PriceScale] = NO_SCALES
) -> CardContent:
    """Return the card of a model's page; `as_of` is the moment of the newest list.

    `scales` are the prices among which the model's is placed.

    It leaves out what changes by the hour, such as usage: a new hash is a new URL. So it has a
    date only where the model was last read in an older list.
    """
    rank, withdrawn = profile.arena_rank, profile.withdrawn is not None
    created = map_optional(datetime_from_unix, find_created(profile))
    change = find_price_change(profile.history, profile.model, as_of)
    facts = CardFacts(
        arena_rank=(rank.rank, rank.total) if rank else None,
        released=created.date() if created else None,
        retirement=find_retirement(profile, as_of),
        is_withdrawn=withdrawn,
        read_on=profile.read_at if profile.read_at != as_of else None,
        price_change=format_price_change(change, as_of) if change else "",
        position=None if withdrawn else find_price_position(profile.model, scales),
    )
    return model_card(profile.model, facts)


def model_card(model: Model, facts: CardFacts = NO_FACTS) -> CardContent:
    """Return the card of a model."""
    vendor, title = split_display_name(model.name, model.author)
    stats = list(_price_stats(model))[:_MAX_STATS]
    footnotes = list(_footnotes(model, facts))
    badge = _WITHDRAWN if facts.is_withdrawn else _badge(model, facts)
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
        badge=badge,
        alt_badge=f"On OpenRouter {badge[:1].lower()}{badge[1:]}"
        if badge.startswith("Since ")
        else "",
        is_warning=facts.is_withdrawn or facts.retirement is not None,
        is_greyed=facts.is_withdrawn,
        chips=tuple(format_abilities(model)),
        meter=_meter(facts.position),
        stats=tuple(stats),
        footnote=capitalize_first(_SEPARATOR.join(footnotes)),
    )


def _footnotes(model: Model, facts: CardFacts) -> Iterator[str]:
    if facts.read_on:
        yield f"as of {format_date(facts.read_on)}"
    yield from _price_notes(model.pricing)
    if facts.position:
        yield format_price_position(facts.position)


def _meter(position: PricePosition | None) -> int | None:
    """Return the middle of the prices between the dearer and the cheaper ones, in percent."""
    return (100 - position.dearer + position.cheaper) // 2 if position else None


def _badge(model: Model, facts: CardFacts) -> str:
    """Return the most important fact of a listed model: its end, its price, rank or release."""
    retirement, rank = facts.retirement, facts.arena_rank
    if retirement and retirement.is_overdue:
        return f"Was due to retire {retirement.day:%-d %b %Y}"
    if retirement:
        return f"Until {format_date(retirement.day)}"
    if model.alias_target:
        return f"Now {model.alias_target.partition('/')[2] or model.alias_target}"
    if facts.price_change:
        return _name_price(facts.price_change)
    if rank:
        return f"Arena #{rank[0]:,} of {rank[1]:,}"
    return f"Since {facts.released:%B %Y}" if facts.released else ""


def _name_price(change: str) -> str:
    """Return "Price −32% since April" for "−32% since April"."""
    return f"Price {change}" if change[0] in "−+" else change


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
    suffix = "+" if has_surcharge_tier(pricing) else ""
    for price in headline_prices(pricing, model.output_modalities):
        yield BILLED_BY_LENGTH if price.unit is PriceUnit.UNSTATED else _price_stat(price, suffix)


def _price_stat(price: Price, suffix: str) -> Stat:
    """Return "Input / 1M tokens" and "$1.25", "$1.25+" where a tier asks more."""
    amount = format_amount(price).capitalize() + suffix
    if price.unit not in _UNIT_LABELS:
        return Stat(price.label, amount, price.unit.suffix)
    medium, unit = _UNIT_LABELS[price.unit]
    is_output = price.dimension in OUTPUT_DIMENSIONS
    label = _MADE_MEDIA.get(medium, price.label) if is_output else price.label
    return Stat(f"{label} / 1M {unit}", amount)
