"""Records with every field that OpenRouter lists, for cases where a missing field would matter."""

from decimal import Decimal
from typing import Any

from tests.support.builders import HERMES


def listed(model_id: str, pricing: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """Return a whole record of an invented model that takes and makes text."""
    named = {"id": model_id, "canonical_slug": model_id, "hugging_face_id": "", "name": model_id}
    return {**HERMES, **named, "description": "Invented.", "pricing": pricing, **fields}


def per_token(prompt: str, completion: str, **other: Any) -> dict[str, Any]:
    """Return the `pricing` of dollars per million tokens, and other amounts as they are listed."""
    return {"prompt": _token(prompt), "completion": _token(completion), **other}


def others(count: int) -> list[dict[str, Any]]:
    """Return records of other models, so that one odd record is a small part of a list."""
    return [listed(f"acme/other-{n}", per_token("1", "3")) for n in range(count)]


def _token(dollars_per_million: str) -> str:
    return f"{Decimal(dollars_per_million).scaleb(-6):f}"
