"""The reasoning efforts of a model, by upstream's `reasoning` object: leaderboards rank them apart.

Its fields: `mandatory`, `default_enabled`, `default_effort`, `supported_efforts` (null means all).
"""

from collections.abc import Mapping
from typing import Any

from handler.domain.arena.name_variants import NO_THINKING, THINKING
from handler.domain.catalog.model import Model


def supports_effort(model: Model, effort: str) -> bool:
    """Return whether a model has an effort. A suffix such as `-max` may name another model."""
    reasoning = _reasoning(model)
    if not reasoning and "reasoning" not in model.supported_parameters:
        return False
    if effort == NO_THINKING:
        return reasoning.get("mandatory") is not True
    supported = reasoning.get("supported_efforts")
    return effort == THINKING or not isinstance(supported, list) or effort in supported


def is_default_effort(model: Model, effort: str) -> bool:
    """Return whether a model uses this effort in requests that name none."""
    reasoning = _reasoning(model)
    enabled = reasoning.get("default_enabled")
    if effort == NO_THINKING:
        return enabled is False
    if effort == THINKING:
        return enabled is True or reasoning.get("mandatory") is True
    return enabled is not False and reasoning.get("default_effort") == effort


def describe_effort(effort: str) -> str:
    """Return an effort for readers: "at high effort", "while thinking" or "without thinking"."""
    if effort == THINKING:
        return "while thinking"
    return "without thinking" if effort == NO_THINKING else f"at {effort} effort"


def _reasoning(model: Model) -> Mapping[str, Any]:
    reasoning = model.raw.get("reasoning")
    return reasoning if isinstance(reasoning, dict) else {}
