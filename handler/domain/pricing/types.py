"""A model's prices as values.

Amounts are `Decimal` US dollars for one unit, exactly as OpenRouter lists them. Nothing here is
rounded or put into words: `handler.domain.pricing.format` does that.
"""

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

MILLION = 1_000_000

# In the order in which pages show them. Source: OpenRouter's `PublicPricing`.
DIMENSION_LABELS = {
    "prompt": "Input",
    "completion": "Output",
    "internal_reasoning": "Reasoning",
    "input_cache_read": "Cache read",
    "input_cache_write": "Cache write",
    "input_cache_write_1h": "Cache write, kept 1 hour",
    "image": "Image input",
    "image_token": "Image tokens",
    "image_output": "Image output",
    "audio": "Audio input",
    "input_audio_cache": "Audio cache read",
    "audio_output": "Audio output",
    "request": "Request",
    "web_search": "Web search",
}
DIMENSIONS = tuple(DIMENSION_LABELS)


class PriceUnit(Enum):
    """The unit of a price: its phrase on pages, and how many units a displayed amount buys."""

    TOKEN = ("per million tokens", "/M", MILLION)
    IMAGE_TOKEN = ("per million image tokens", "/M image tokens", MILLION)
    AUDIO_TOKEN = ("per million audio tokens", "/M audio tokens", MILLION)
    CHARACTER = ("per million characters", "/M characters", MILLION)
    IMAGE = ("per image", "/image", 1)
    REQUEST = ("per request", "/request", 1)
    SEARCH = ("per search", "/search", 1)
    UNSTATED = ("in a unit that the list does not state", "", 1)

    def __init__(self, phrase: str, suffix: str, quantity: int) -> None:
        self.phrase = phrase
        self.suffix = suffix
        self.quantity = quantity


class PricingKind(Enum):
    """How to read a model's pricing as a whole."""

    PRICED = "priced"
    FREE = "free"
    VARIABLE = "variable"
    SET_BY_PROVIDER = "elsewhere"
    UNPUBLISHED = "unpublished"


class Window(NamedTuple):
    """Minutes of the day in UTC, from `start` up to, but without, `end`.

    A window whose end does not come after its start ends on the next day; it belongs to the day on
    which it starts. `days` are weekdays, Monday being 0, in order; None means every day.
    """

    start: int
    end: int
    days: tuple[int, ...] | None = None


class Condition(NamedTuple):
    """When an override applies: to prompts of more than `prompt_over` tokens, and in a window.

    A part that is None does not limit it.
    """

    prompt_over: int | None = None
    window: Window | None = None


class Override(NamedTuple):
    """Amounts by dimension that replace the base amounts under a condition."""

    condition: Condition
    amounts: Mapping[str, Decimal]


class PriceSchedule(NamedTuple):
    """Amounts by dimension as listed, zero and negative ones too. Later overrides win.

    `unreadable` counts the overrides that could not be read, and are left out.
    """

    amounts: Mapping[str, Decimal]
    overrides: tuple[Override, ...] = ()
    unreadable: int = 0


class Price(NamedTuple):
    """US dollars for one unit of a dimension; None where the amount varies."""

    dimension: str
    label: str
    amount: Decimal | None
    unit: PriceUnit

    @property
    def display_amount(self) -> Decimal | None:
        """The price in US dollars for the quantity in which its unit is displayed."""
        return None if self.amount is None else self.amount * self.unit.quantity


class Tier(NamedTuple):
    """Prices that replace base prices while any of the conditions holds."""

    conditions: tuple[Condition, ...]
    prices: tuple[Price, ...]


class Pricing(NamedTuple):
    """All listed prices of a model.

    `schedule` has the base amounts of the cheapest hour, and overrides in normal form. `prices` are
    the base amounts, without dimensions that never cost anything extra. `tiers` have the prices
    that the overrides change, those with equal prices merged into one.
    """

    kind: PricingKind
    prices: tuple[Price, ...]
    tiers: tuple[Tier, ...]
    schedule: PriceSchedule

    def price(self, dimension: str) -> Price | None:
        """Return the base price of a dimension, None where it is unpublished or costs nothing."""
        return next((price for price in self.prices if price.dimension == dimension), None)

    def price_per_million(self, dimension: str) -> Decimal | None:
        """Return US dollars per million tokens, None where a dimension is not billed by token."""
        if self.kind is PricingKind.FREE:
            return Decimal(0)
        price = self.price(dimension)
        return price.display_amount if price and price.unit is PriceUnit.TOKEN else None
