"""What a model costs: upstream's decimal strings, read as prices with a unit.

Amounts are US dollars for one unit, as `Decimal`, exactly as OpenRouter lists them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import Enum
from typing import Any

from handler.domain.errors import InvalidRecord

_MILLION = 1_000_000

# No real price comes near either bound; a number past them is a mistake that must not be shown.
_HIGHEST_AMOUNT = Decimal(100_000)
_SMALLEST_STEP = -40
_LONGEST_AMOUNT = 64


class Unit(Enum):
    """What one price is for: its name on a page, and how many of them the shown amount buys."""

    TOKEN = ("per million tokens", "/M", _MILLION)
    IMAGE_TOKEN = ("per million image tokens", "/M image tokens", _MILLION)
    AUDIO_TOKEN = ("per million audio tokens", "/M audio tokens", _MILLION)
    CHARACTER = ("per million characters", "/M characters", _MILLION)
    IMAGE = ("per image", "/image", 1)
    REQUEST = ("per request", "/request", 1)
    SEARCH = ("per search", "/search", 1)
    UNSTATED = ("in a unit that the list does not state", "", 1)

    def __init__(self, phrase: str, suffix: str, quantity: int) -> None:
        self.phrase = phrase
        self.suffix = suffix
        self.quantity = quantity


class Kind(Enum):
    """How the whole of a model's pricing is to be read."""

    PRICED = "priced"
    FREE = "free"
    VARIABLE = "variable"
    ELSEWHERE = "elsewhere"
    UNPUBLISHED = "unpublished"


@dataclass(frozen=True, slots=True)
class Price:
    """One price: `amount` US dollars for one `unit` of what `mode` names."""

    mode: str
    label: str
    amount: Decimal
    unit: Unit

    @property
    def shown_amount(self) -> Decimal:
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

    kind: Kind
    prices: tuple[Price, ...] = ()
    tiers: tuple[Tier, ...] = ()

    def price(self, mode: str) -> Price | None:
        """Return the base price of a mode, None where it is not published or costs nothing."""
        return next((price for price in self.prices if price.mode == mode), None)


# The modes in the order of a page. Source: OpenRouter's `PublicPricing`, but for `image` and
# `image_output`: see _image_unit.
_LABELS = {
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
MODES = tuple(_LABELS)
_FIXED_UNITS = {
    "image_token": Unit.IMAGE_TOKEN,
    "audio": Unit.AUDIO_TOKEN,
    "input_audio_cache": Unit.AUDIO_TOKEN,
    "audio_output": Unit.AUDIO_TOKEN,
    "request": Unit.REQUEST,
    "web_search": Unit.SEARCH,
}
_TOKEN_UNITS = frozenset({Unit.TOKEN, Unit.IMAGE_TOKEN, Unit.AUDIO_TOKEN})
_ODD_UNITS = frozenset({Unit.CHARACTER, Unit.UNSTATED})
_MEDIA_OUTPUTS = {"image": ("image_output", "image_token"), "audio": ("audio_output",)}
_GENERATION = ("prompt", "completion", "image_token", "image_output", "audio_output", "request")

# OpenRouter documents `image` and `image_output` as dollars per image, but lists dollars per image
# token for most models. In all stored responses of 2025-06 to 2026-08 `image` is at most 0.000002
# (equal to the same model's token price) or at least 0.0000256 (a known price of one picture), and
# `image_output` is at most 0.00012, the vendors' own price of one image token.
_HIGHEST_TOKEN_AMOUNT = {"image": Decimal("0.00001"), "image_output": Decimal("0.001")}


def pricing_of(
    listed: Mapping[str, Any] | None, model_id: str, output_modalities: Sequence[str]
) -> Pricing:
    """Return the pricing of one upstream record.

    Negative means variable (routers). Zero for both directions is free only for `:free` ids,
    for OpenRouter's own free router and for plain text models; whatever makes pictures, video,
    sound or ranks is then billed in ways the list does not show.
    Raises InvalidRecord where an amount is no decimal number or past any real price.
    """
    amounts = _amounts(listed or {})
    if not amounts:
        return Pricing(Kind.UNPUBLISHED)
    if any(amounts.get(mode, Decimal(0)) < 0 for mode in ("prompt", "completion")):
        return Pricing(Kind.VARIABLE)
    prices = _prices(amounts, output_modalities)
    if not any(amounts.get(mode) for mode in _GENERATION):
        free = _is_free(model_id, output_modalities)
        return Pricing(Kind.FREE if free else Kind.ELSEWHERE, prices)
    return Pricing(Kind.PRICED, prices, _tiers(listed or {}, prices, output_modalities))


def per_million_tokens(pricing: Pricing, listed: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the derived field `PPM`: US dollars per million tokens for each per-token mode listed.

    None where the price is variable, or is not for tokens although its mode usually is.
    """
    amounts = _amounts(listed or {})
    units = {price.mode: price.unit for price in pricing.prices}
    by_token = pricing.kind in (Kind.PRICED, Kind.FREE) and units.get("prompt") not in _ODD_UNITS
    return {
        mode: json_number(amount * _MILLION) if by_token else None
        for mode, amount in amounts.items()
        if units.get(mode, _unit_when_zero(mode)) in _TOKEN_UNITS or mode == "prompt"
    }


def headline(pricing: Pricing, output_modalities: Sequence[str]) -> str | None:
    """Return the price in a few words, such as "$1/M in, $3/M out"; None where none is published.

    "from" stands before it where a tier asks more for the same tokens.
    """
    fixed = {
        Kind.FREE: "Free",
        Kind.VARIABLE: "Variable price",
        Kind.ELSEWHERE: "Price set by the provider",
        Kind.UNPUBLISHED: None,
    }
    if pricing.kind in fixed:
        return fixed[pricing.kind]
    words = ", ".join(_headline_parts(pricing, output_modalities))
    return f"from {words}" if _has_dearer_tier(pricing) else words


def usd(amount: Decimal) -> str:
    """Return US dollars as people read them: "$1", "$0.15", "$2.50", "$14.37", "$0.0000125".

    Exact where six significant digits are enough, else rounded to four; never less than cents.
    """
    exact = amount == _rounded(amount, 6)
    rounded = _rounded(amount, 6 if exact else 4)
    if rounded == rounded.to_integral_value():
        return f"${int(rounded):,}"
    whole, _, fraction = f"{rounded:,f}".partition(".")
    return f"${whole}.{fraction.rstrip('0').ljust(2, '0')}"


def exact(amount: Decimal) -> str:
    """Return every digit of an amount, without an exponent: "0.0000143712574850299"."""
    return f"{amount:f}"


def shown(price: Price) -> str:
    """Return a price with its unit in the short form: "$3/M", "$0.01/search"."""
    return usd(price.shown_amount) + price.unit.suffix


def json_number(amount: Decimal) -> int | float:
    """Return the number as JSON writes it best: an integer where it is one."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _rounded(amount: Decimal, digits: int) -> Decimal:
    places = max(2, digits - 1 - amount.adjusted())
    return amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _amounts(listed: Mapping[str, Any]) -> dict[str, Decimal]:
    return {mode: _amount(mode, listed[mode]) for mode in MODES if listed.get(mode) is not None}


def _amount(mode: str, value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise InvalidRecord(f"pricing.{mode} is {type(value).__name__}, not a decimal string")
    text = str(value)
    try:
        amount = Decimal(text) if len(text) <= _LONGEST_AMOUNT else Decimal("NaN")
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or abs(amount) > _HIGHEST_AMOUNT or _step(amount) < _SMALLEST_STEP:
        raise InvalidRecord(f"pricing.{mode} is {text[:40]!r}, which is no price")
    return amount


def _step(amount: Decimal) -> int:
    exponent = amount.as_tuple().exponent
    return exponent if isinstance(exponent, int) else _SMALLEST_STEP - 1


def _is_free(model_id: str, output_modalities: Sequence[str]) -> bool:
    named_free = model_id.endswith(":free") or model_id == "openrouter/free"
    return named_free or set(output_modalities) <= {"text"}


def _prices(amounts: Mapping[str, Decimal], output_modalities: Sequence[str]) -> tuple[Price, ...]:
    return tuple(
        Price(mode, _LABELS[mode], amount, _unit(mode, amounts, output_modalities))
        for mode, amount in amounts.items()
        if amount > 0 and not _said_twice(mode, amounts)
    )


def _said_twice(mode: str, amounts: Mapping[str, Decimal]) -> bool:
    """Upstream repeats the price of an image output token as that of an image token."""
    return mode == "image_token" and amounts[mode] == amounts.get("image_output")


def _unit(mode: str, amounts: Mapping[str, Decimal], output_modalities: Sequence[str]) -> Unit:
    if mode in _FIXED_UNITS:
        return _FIXED_UNITS[mode]
    if mode in _HIGHEST_TOKEN_AMOUNT:
        return _image_unit(mode, amounts[mode])
    if mode == "prompt" and not amounts.get("completion"):
        return _one_way_unit(output_modalities)
    return Unit.TOKEN


def _unit_when_zero(mode: str) -> Unit:
    return Unit.IMAGE if mode in _HIGHEST_TOKEN_AMOUNT else _FIXED_UNITS.get(mode, Unit.TOKEN)


def _image_unit(mode: str, amount: Decimal) -> Unit:
    return Unit.IMAGE_TOKEN if amount < _HIGHEST_TOKEN_AMOUNT[mode] else Unit.IMAGE


def _one_way_unit(output_modalities: Sequence[str]) -> Unit:
    """Return the unit of an input price that stands alone.

    Speech models without an output price list dollars per character (their vendors' own price
    lists agree); transcription models list dollars per second, minute or hour, and do not say
    which.
    """
    if "speech" in output_modalities:
        return Unit.CHARACTER
    return Unit.UNSTATED if "transcription" in output_modalities else Unit.TOKEN


def _headline_parts(pricing: Pricing, output_modalities: Sequence[str]) -> list[str]:
    prompt, completion = pricing.price("prompt"), pricing.price("completion")
    media = _media_parts(pricing, output_modalities)
    parts = [_input_part(prompt)] if prompt else []
    if completion and (not media or "text" in output_modalities):
        parts.append(f"{shown(completion)} out")
    return parts + media or [shown(price) for price in pricing.prices]


def _input_part(price: Price) -> str:
    if price.unit is Unit.UNSTATED:
        return "Billed by length of audio"
    return shown(price) + (" in" if price.unit is Unit.TOKEN else "")


def _media_parts(pricing: Pricing, output_modalities: Sequence[str]) -> list[str]:
    """Return the prices of what a model makes besides text."""
    made = [modes for modality, modes in _MEDIA_OUTPUTS.items() if modality in output_modalities]
    prices = [next(filter(None, map(pricing.price, modes)), None) for modes in made]
    return [f"{shown(price)} out" for price in prices if price]


def _has_dearer_tier(pricing: Pricing) -> bool:
    base = {price.mode: price.amount for price in pricing.prices}
    return any(
        price.amount > base.get(price.mode, price.amount)
        for tier in pricing.tiers
        for price in tier.prices
        if price.mode in ("prompt", "completion")
    )


def _tiers(
    listed: Mapping[str, Any], base: Iterable[Price], output_modalities: Sequence[str]
) -> tuple[Tier, ...]:
    """Return the tiers that differ from the base prices.

    Source: OpenRouter's `pricing.overrides`: a list whose entries apply above `min_prompt_tokens`
    (strictly) or between `utc_start` and `utc_end` (HHMM, half-open, may wrap midnight); later
    entries win key by key, missing keys inherit.
    """
    overrides = listed.get("overrides") or []
    if not isinstance(overrides, list) or not all(isinstance(o, dict) for o in overrides):
        raise InvalidRecord("pricing.overrides is not a list of objects")
    base_amounts = {price.mode: price.amount for price in base}
    inherited = dict(base_amounts)
    conditions: dict[tuple[Price, ...], list[str]] = {}
    for override in overrides:
        condition, own = _condition(override), _amounts(override)
        amounts = {**(inherited if "min_prompt_tokens" in override else base_amounts), **own}
        if "min_prompt_tokens" in override:
            inherited = amounts
        changed = {m: a for m, a in amounts.items() if a != base_amounts.get(m)}
        prices = _prices({**base_amounts, **changed}, output_modalities)
        differing = tuple(price for price in prices if price.mode in changed)
        if differing:
            conditions.setdefault(differing, []).append(condition)
    return tuple(Tier(" and ".join(names), prices) for prices, names in conditions.items())


def _condition(override: Mapping[str, Any]) -> str:
    threshold = override.get("min_prompt_tokens")
    if isinstance(threshold, int):
        return f"over {threshold:,} prompt tokens"
    start, end = override.get("utc_start"), override.get("utc_end")
    if isinstance(start, int) and isinstance(end, int):
        return f"{_clock(start)} to {_clock(end)} UTC"
    raise InvalidRecord("pricing.overrides has an entry without a condition that we know")


def _clock(hhmm: int) -> str:
    return f"{hhmm // 100:02d}:{hhmm % 100:02d}"
