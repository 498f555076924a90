"""Which efforts of thinking a model has, as upstream's `reasoning` says: leaderboards rank them.

Its fields: `mandatory`, `default_enabled`, `default_effort`, `supported_efforts` (null = all).
"""

from collections.abc import Mapping
from typing import Any

from handler.domain.arena.name_variants import NO_THINKING, THINKING
from handler.domain.catalog.model import Model


def supports_effort(model: Model, effort: str) -> bool:
    """Return whether a model can be asked for an effort; `x-max` may be a model beside `x`."""
    reasoning = _reasoning(model)
    if not reasoning and "reasoning" not in model.supported_parameters:
        return False
    if effort == NO_THINKING:
        return reasoning.get("mandatory") is not True
    supported = reasoning.get("supported_efforts")
    return effort == THINKING or not isinstance(supported, list) or effort in supported


def is_default_effort(model: Model, effort: str) -> bool:
    """Return whether a model thinks at this effort when nobody asks for another."""
    reasoning = _reasoning(model)
    enabled = reasoning.get("default_enabled")
    if effort == NO_THINKING:
        return enabled is False
    if effort == THINKING:
        return enabled is True or reasoning.get("mandatory") is True
    return enabled is not False and reasoning.get("default_effort") == effort


def _reasoning(model: Model) -> Mapping[str, Any]:
    reasoning = model.raw.get("reasoning")
    return reasoning if isinstance(reasoning, dict) else {}
