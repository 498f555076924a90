"""The history of a model as a page tells it: what changed, from what to what."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from handler.domain.catalog.model import Model
from handler.domain.catalog.model_history import CONTEXT, EXPIRY, LISTED, NAME, PRICE, Event
from handler.domain.catalog.profile import Profile
from handler.domain.pricing.format import format_price, format_tiers, headline
from handler.domain.pricing.parse import parse_pricing
from handler.domain.pricing.types import DIMENSION_LABELS, DIMENSIONS, Price, Pricing
from handler.web.formatting import format_date

MAX_ROWS = 60


class ChangeRow(NamedTuple):
    """One row: None where there was, or is, nothing."""

    moment: datetime
    what: str
    before: str | None
    after: str | None


def change_rows(profile: Profile) -> list[ChangeRow]:
    """Return the rows of a model's history, newest first."""
    rows = (
        row for event in profile.history.events() for row in rows_for_event(event, profile.model)
    )
    return [row for row, _ in zip(rows, range(MAX_ROWS), strict=False)]


def rows_for_event(event: Event, model: Model) -> Iterator[ChangeRow]:
    """Yield what an event was in words: a row for each price, none if nothing that is told."""
    if event.fact == PRICE:
        before, after = (
            parse_pricing(listed, model.id, model.output_modalities)
            for listed in (event.before, event.after)
        )
        for what, old, new in _price_changes(before, after, model):
            yield ChangeRow(event.moment, what, old, new)
        return
    what, words = _WORDS[event.fact]
    yield ChangeRow(event.moment, what, words(event.before), words(event.after))


def _price_changes(
    before: Pricing, after: Pricing, model: Model
) -> Iterator[tuple[str, str | None, str | None]]:
    if before.kind is not after.kind:
        made = model.output_modalities
        yield "Price", headline(before, made), headline(after, made)
        return
    for mode in DIMENSIONS:
        old, new = before.price(mode), after.price(mode)
        if old != new:
            yield f"{DIMENSION_LABELS[mode]} price", _shown(old), _shown(new)
    if before.tiers != after.tiers:
        yield "Price tiers", format_tiers(before.tiers), format_tiers(after.tiers)


def _shown(price: Price | None) -> str | None:
    return format_price(price) if price else None


def _tokens(count: int | None) -> str | None:
    return f"{count:,} tokens" if count else None


def _listed(is_listed: bool) -> str:
    return "listed" if is_listed else "not listed"


def _expiry(text: str | None) -> str | None:
    return format_date(date.fromisoformat(text)) if text else None


_WORDS: Mapping[str, tuple[str, Callable[[Any], str | None]]] = {
    CONTEXT: ("Context length", _tokens),
    NAME: ("Name", str),
    EXPIRY: ("Listed until", _expiry),
    LISTED: ("On OpenRouter’s list", _listed),
}
