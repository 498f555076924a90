"""What a raw record says of its prices, read without the code under test."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

NEGATIVE = re.compile(r"(?<!\d )[-−]\s?\$\s?\d|\$\s?[-−]\s?\d")
ZERO = re.compile(r"\$0(?:\.0+)?(?![\d.,]*\d)")

_NOT_AMOUNTS = frozenset(
    {"overrides", "discount", "min_prompt_tokens", "utc_days", "utc_start", "utc_end"}
)


def amounts_of(raw: Mapping[str, Any]) -> list[Decimal]:
    """Return every amount of a record's prices, in each mode and each override."""
    pricing = raw.get("pricing") or {}
    return [
        amount
        for entry in (pricing, *(pricing.get("overrides") or ()))
        for amount in _amounts(entry)
    ]


def bills_something(raw: Mapping[str, Any]) -> bool:
    """Return whether any amount of a record is not zero."""
    return any(amounts_of(raw))


def lists_a_zero(raw: Mapping[str, Any]) -> bool:
    """Return whether a record has an amount of zero that means so: "$0" may then be said."""
    return not is_price_unknown(raw) and any(not amount for amount in amounts_of(raw))


def is_price_unknown(raw: Mapping[str, Any]) -> bool:
    """Return whether a record does not tell what a request costs.

    It has no amounts, a negative one for tokens, or zeros for a model whose output is not text:
    those are billed elsewhere.
    """
    pricing = raw.get("pricing") or {}
    tokens = [*_amounts({name: pricing.get(name) for name in ("prompt", "completion")})]
    if not tokens or min(tokens) < 0:
        return True
    outputs = set((raw.get("architecture") or {}).get("output_modalities") or ["text"])
    is_free = raw["id"].endswith(":free") or raw["id"] == "openrouter/free"
    return not bills_something(raw) and outputs != {"text"} and not is_free


def makes_text(raw: Mapping[str, Any]) -> bool:
    """Return whether a model's output is text, which a record without modalities implies."""
    return "text" in ((raw.get("architecture") or {}).get("output_modalities") or ["text"])


def claims_free(text: str) -> bool:
    """Return whether a line, or a cell of one between bars, says that something is free."""
    cells = (cell.strip().lower() for line in text.splitlines() for cell in line.split(" | "))
    return any(re.match(r"(from |price )?free(?![\w-])|nothing, while", cell) for cell in cells)


def _amounts(entry: Mapping[str, Any]) -> Iterator[Decimal]:
    for name, value in entry.items():
        if name in _NOT_AMOUNTS or value in (None, ""):
            continue
        try:
            yield Decimal(str(value))
        except InvalidOperation:
            continue
