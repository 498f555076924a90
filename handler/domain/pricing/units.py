"""The unit of a listed amount. OpenRouter's list does not state it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from handler.domain.pricing.types import PriceUnit

_FIXED_UNITS = {
    "image_token": PriceUnit.IMAGE_TOKEN,
    "audio": PriceUnit.AUDIO_TOKEN,
    "input_audio_cache": PriceUnit.AUDIO_TOKEN,
    "audio_output": PriceUnit.AUDIO_TOKEN,
    "request": PriceUnit.REQUEST,
    "web_search": PriceUnit.SEARCH,
}

# OpenRouter documents `image` and `image_output` as dollars per image, but lists dollars per image
# token for most models. In all stored responses of 2025-06 to 2026-08 `image` equals the same
# model's token price (0.00001 at most), or is at least 0.0000256 (a known price of one image), and
# `image_output` is at most 0.00012, the vendors' own price of one image token.
_MAX_TOKEN_AMOUNT = {"image": Decimal("0.00001"), "image_output": Decimal("0.001")}


def price_unit(
    dimension: str, amounts: Mapping[str, Decimal], output_modalities: Sequence[str]
) -> PriceUnit:
    """Return the unit of a dimension's amount, as the other amounts and the outputs imply it."""
    if dimension in _FIXED_UNITS:
        return _FIXED_UNITS[dimension]
    if maximum := _MAX_TOKEN_AMOUNT.get(dimension):
        amount = amounts[dimension]
        is_by_token = amount < maximum or (dimension == "image" and amount == amounts.get("prompt"))
        return PriceUnit.IMAGE_TOKEN if is_by_token else PriceUnit.IMAGE
    if dimension == "prompt" and not amounts.get("completion"):
        return _input_only_unit(output_modalities)
    return PriceUnit.TOKEN


def unit_when_zero(dimension: str) -> PriceUnit:
    """Return the unit of a dimension whose amount is zero, and so implies none."""
    if dimension in _MAX_TOKEN_AMOUNT:
        return PriceUnit.IMAGE
    return _FIXED_UNITS.get(dimension, PriceUnit.TOKEN)


def _input_only_unit(output_modalities: Sequence[str]) -> PriceUnit:
    """Return the unit of an input price without an output price.

    Speech models list dollars per character then (their vendors' own price lists agree).
    Transcription models list dollars per second, minute or hour, and do not say which.
    """
    if "speech" in output_modalities:
        return PriceUnit.CHARACTER
    return PriceUnit.UNSTATED if "transcription" in output_modalities else PriceUnit.TOKEN
