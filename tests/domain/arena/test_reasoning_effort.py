from typing import Any

import pytest

from handler.domain.arena.name_variants import NO_THINKING, THINKING
from handler.domain.arena.reasoning_effort import is_default_effort, supports_effort
from tests.support.builders import model, record

LEVELS = {"supported_efforts": ["high", "low"], "default_effort": "high"}


@pytest.mark.parametrize(
    ("fields", "effort", "supported"),
    [
        ({}, "high", False),
        ({}, NO_THINKING, False),
        ({"supported_parameters": ["reasoning"]}, "high", True),
        ({"reasoning": LEVELS}, "high", True),
        ({"reasoning": LEVELS}, "max", False),
        ({"reasoning": {"supported_efforts": None, "mandatory": False}}, "max", True),
        ({"reasoning": LEVELS}, THINKING, True),
        ({"reasoning": {"mandatory": False}}, NO_THINKING, True),
        ({"reasoning": {"mandatory": True}}, NO_THINKING, False),
        ({"reasoning": "yes"}, "high", False),
    ],
    ids=str,
)
def test_model_supports_the_efforts_of_its_record(
    fields: dict[str, Any], effort: str, supported: bool
) -> None:
    assert supports_effort(model(record(**fields)), effort) is supported


@pytest.mark.parametrize(
    ("reasoning", "effort", "default"),
    [
        (LEVELS, "high", True),
        (LEVELS, "low", False),
        ({**LEVELS, "default_enabled": False}, "high", False),
        ({**LEVELS, "default_enabled": False}, NO_THINKING, True),
        ({"default_enabled": True}, THINKING, True),
        ({"mandatory": True}, THINKING, True),
        ({"mandatory": False}, THINKING, False),
        ({"mandatory": False}, NO_THINKING, False),
        ({}, "high", False),
    ],
    ids=str,
)
def test_default_effort_is_that_of_the_record(
    reasoning: dict[str, Any], effort: str, default: bool
) -> None:
    assert is_default_effort(model(record(reasoning=reasoning)), effort) is default
