"""Upstream's pricing in one way of writing it, so that two listings can be compared."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from handler.domain.pricing.format import format_decimal
from handler.domain.pricing.parse import parse_amounts

_CONDITIONS = ("min_prompt_tokens", "utc_start", "utc_end")
# Zero for these says something. For any other mode it is the same as not being there: upstream
# listed every mode until 2025, and lists those that cost something since.
_ALWAYS_TOLD = frozenset({"prompt", "completion"})


def normalize_pricing(listed: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the prices and tiers of a valid record, in upstream's own form.

    The same prices give the same value, however upstream writes their digits.
    """
    amounts = parse_amounts(listed or {})
    told = {mode: _digits(a) for mode, a in amounts.items() if a or mode in _ALWAYS_TOLD}
    overrides = [_override(override) for override in (listed or {}).get("overrides") or []]
    return {**told, "overrides": overrides} if overrides else told


def _override(listed: Mapping[str, Any]) -> dict[str, Any]:
    conditions = {name: listed[name] for name in _CONDITIONS if listed.get(name) is not None}
    return conditions | {mode: _digits(amount) for mode, amount in parse_amounts(listed).items()}


def _digits(amount: Decimal) -> str:
    return format_decimal(amount.normalize())
