import sys

import pytest

from scripts.testing.steps import Step, run_together, summarize


def test_steps_that_run_together_show_their_output(capsys: pytest.CaptureFixture[str]) -> None:
    commands = {"good": [sys.executable, "-c", "print('all is well')"]}
    commands["bad"] = [sys.executable, "-c", "raise SystemExit('one is not')"]

    passed = {step.name: step.passed for step in run_together(commands, {})}

    printed = capsys.readouterr().out
    assert passed == {"good": True, "bad": False}
    assert "== good\nall is well\n-- good passed in " in printed
    assert "== bad\none is not\n-- bad FAILED in " in printed


def test_summary_names_the_steps_that_failed() -> None:
    lines = summarize([Step("lint", True, 1), Step("types", False, 2.25), Step("tests", False, 3)])

    assert lines[1:] == ["FAILED types: 2.2 s", "FAILED tests: 3.0 s", "Failed: types, tests."]


def test_summary_of_a_good_run() -> None:
    assert summarize([Step("lint", True, 1)]) == ["lint: 1.0 s", "Every step passed."]
