"""The history of a model as a page tells it: what changed, from what to what."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from handler.domain.catalog.model import Model
from handler.domain.catalog.model_history import CONTEXT, EXPIRY, LISTED, NAME, PRICE, Event
from handler.domain.catalog.profile import Profile
from handler.domain.pricing.format import headline, shown, tiers_in_words
from handler.domain.pricing.parse import pricing_of
from handler.domain.pricing.types import LABELS, MODES, Price, Pricing
from handler.web.formatting import day

MOST_SHOWN = 60


class Happening(NamedTuple):
    """One row: None where there was, or is, nothing."""

    moment: datetime
    what: str
    before: str | None
    after: str | None


def happenings(profile: Profile) -> list[Happening]:
    """Return the rows of a model's history, newest first."""
    rows = (row for event in profile.history.events() for row in rows_of(event, profile.model))
    return [row for row, _ in zip(rows, range(MOST_SHOWN), strict=False)]


def rows_of(event: Event, model: Model) -> Iterator[Happening]:
    """Yield what an event was in words: a row for each price, none if nothing that is told."""
    if event.fact == PRICE:
        before, after = (
            pricing_of(listed, model.id, model.output_modalities)
            for listed in (event.before, event.after)
        )
        for what, old, new in _price_changes(before, after, model):
            yield Happening(event.moment, what, old, new)
        return
    what, words = _WORDS[event.fact]
    yield Happening(event.moment, what, words(event.before), words(event.after))


def _price_changes(
    before: Pricing, after: Pricing, model: Model
) -> Iterator[tuple[str, str | None, str | None]]:
    if before.kind is not after.kind:
        made = model.output_modalities
        yield "Price", headline(before, made), headline(after, made)
        return
    for mode in MODES:
        old, new = before.price(mode), after.price(mode)
        if old != new:
            yield f"{LABELS[mode]} price", _shown(old), _shown(new)
    if before.tiers != after.tiers:
        yield "Price tiers", tiers_in_words(before.tiers), tiers_in_words(after.tiers)


def _shown(price: Price | None) -> str | None:
    return shown(price) if price else None


def _tokens(count: int | None) -> str | None:
    return f"{count:,} tokens" if count else None


def _listed(is_listed: bool) -> str:
    return "listed" if is_listed else "not listed"


def _expiry(text: str | None) -> str | None:
    return day(date.fromisoformat(text)) if text else None


_WORDS: Mapping[str, tuple[str, Callable[[Any], str | None]]] = {
    CONTEXT: ("Context length", _tokens),
    NAME: ("Name", str),
    EXPIRY: ("Listed until", _expiry),
    LISTED: ("On OpenRouter’s list", _listed),
}
