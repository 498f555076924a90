"""What a model costs, as values: prices with their units, and the tiers that replace them.

Amounts are US dollars for one unit, as `Decimal`, exactly as OpenRouter lists them.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

MILLION = 1_000_000

# The modes in the order of a page. Source: OpenRouter's `PublicPricing`.
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
    """What one price is for: its name on a page, and how many of them the shown amount buys."""

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
    """How the whole of a model's pricing is to be read."""

    PRICED = "priced"
    FREE = "free"
    VARIABLE = "variable"
    SET_BY_PROVIDER = "elsewhere"
    UNPUBLISHED = "unpublished"


@dataclass(frozen=True, slots=True)
class Price:
    """One price: `amount` US dollars for one `unit` of what `mode` names."""

    dimension: str
    label: str
    amount: Decimal
    unit: PriceUnit

    @property
    def display_amount(self) -> Decimal:
        """The price in US dollars for as many units as its unit is shown in."""
        return self.amount * self.unit.quantity


@dataclass(frozen=True, slots=True)
class Tier:
    """Prices that replace the base ones while `condition` holds; the others stay as they are."""

    condition: str
    prices: tuple[Price, ...]


@dataclass(frozen=True, slots=True)
class Pricing:
    """All that is listed of a model's prices. `prices` leaves out modes that cost nothing extra."""

    kind: PricingKind
    prices: tuple[Price, ...] = ()
    tiers: tuple[Tier, ...] = ()

    def price(self, mode: str) -> Price | None:
        """Return the base price of a mode, None where it is not published or costs nothing."""
        return next((price for price in self.prices if price.dimension == mode), None)
