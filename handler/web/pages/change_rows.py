"""Changes in words: each fact with its value before and after."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any, NamedTuple

from handler.domain.catalog.model_history import CONTEXT, EXPIRY, LISTED, NAME, PRICE, Event
from handler.domain.catalog.profile import Profile
from handler.domain.pricing.format import format_price, format_price_difference, format_tiers
from handler.domain.pricing.headline import headline
from handler.domain.pricing.parse import parse_pricing
from handler.domain.pricing.types import DIMENSION_LABELS, Pricing
from handler.domain.text import collapse_whitespace
from handler.web.formatting import format_date, map_optional

MAX_ROWS = 60

_UNKNOWN = "not published"


class ChangeRow(NamedTuple):
    """A change of a fact, with None for a value that is not published.

    `difference` is that of two prices, "" where they do not compare.
    """

    moment: datetime
    fact: str
    before: str | None
    after: str | None
    difference: str = ""

    def words(self) -> str:
        """Return "Input price $3/M → $2/M, −33%", without line breaks."""
        values = f"{self.before or _UNKNOWN} → {self.after or _UNKNOWN}"
        difference = f", {self.difference}" if self.difference else ""
        return collapse_whitespace(f"{self.fact} {values}{difference}")


def change_rows(profile: Profile) -> list[ChangeRow]:
    """Return the newest MAX_ROWS rows of a model's history, newest first."""
    model, events = profile.model, profile.history.events()
    rows = (
        row for event in events for row in rows_for_event(event, model.id, model.output_modalities)
    )
    return list(islice(rows, MAX_ROWS))


def rows_for_event(
    event: Event, model_id: str, output_modalities: Sequence[str]
) -> Iterator[ChangeRow]:
    """Yield the rows of an event: one for each changed price, one for any other fact."""
    if event.fact == PRICE:
        before, after = (
            parse_pricing(listed, model_id, output_modalities)
            for listed in (event.before, event.after)
        )
        for change in _price_changes(before, after, output_modalities):
            yield ChangeRow(event.moment, *change)
    else:
        label, format_value = _FORMATS[event.fact]
        yield ChangeRow(event.moment, label, format_value(event.before), format_value(event.after))


def _price_changes(
    before: Pricing, after: Pricing, output_modalities: Sequence[str]
) -> Iterator[tuple[str, str | None, str | None, str]]:
    if before.kind is not after.kind:
        yield "Price", headline(before, output_modalities), headline(after, output_modalities), ""
        return
    for dimension, label in DIMENSION_LABELS.items():
        old, new = before.price(dimension), after.price(dimension)
        if old != new:
            texts = map_optional(format_price, old), map_optional(format_price, new)
            yield f"{label} price", *texts, format_price_difference(old, new)
    if before.tiers != after.tiers:
        yield "Price tiers", format_tiers(before.tiers), format_tiers(after.tiers), ""


_FORMATS: Mapping[str, tuple[str, Callable[[Any], str | None]]] = {
    CONTEXT: ("Context length", lambda count: map_optional("{:,} tokens".format, count)),
    NAME: ("Name", str),
    EXPIRY: (
        "Retirement date",
        lambda day: map_optional(format_date, day and date.fromisoformat(day)),
    ),
    LISTED: ("On OpenRouter’s list", lambda is_listed: "listed" if is_listed else "not listed"),
}
