import json
import os
import subprocess
import sys
from pathlib import Path

from tests.support.constants import PROJECT

TESTS = """
import pytest
from hypothesis import given, settings, strategies as st
from tests.conftest import *
from tests.support.iterations import repeat

@pytest.mark.promise("P1", "a property")
@settings(max_examples=7)
@given(st.integers())
def test_a_property(number):
    pass

@pytest.mark.promise("P2", "kills")
def test_kills(record_property):
    record_property("tried", repeat(10, 500))

@pytest.mark.promise("P3", "failures")
def test_that_fails():
    assert False

@pytest.mark.long
@pytest.mark.promise("P4", "long ones")
def test_that_takes_long():
    pass
"""


def run_tests(folder: Path, **variables: str) -> list[tuple[str, int, int]]:
    figures = folder / "figures.jsonl"
    (folder / "conftest.py").write_text(TESTS.split("@pytest")[0])
    (folder / "test_tried.py").write_text(TESTS)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n  long: x\n  promise: x\n")
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", str(folder)],
        cwd=folder,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(PROJECT), "BURGEE_FIGURES": str(figures), **variables},
    )
    lines = map(json.loads, figures.read_text().splitlines())
    return [(line["promise"], line["tried"], line["failed"]) for line in lines]


def test_attempts_of_promise_tests_are_recorded(tmp_path: Path) -> None:
    assert run_tests(tmp_path, BURGEE_LONG="") == [("P1", 7, 0), ("P2", 10, 0), ("P3", 1, 1)]


def test_long_run_tries_more_and_skips_nothing(tmp_path: Path) -> None:
    tried = run_tests(tmp_path, BURGEE_LONG="1")

    assert tried == [("P1", 7, 0), ("P2", 500, 0), ("P3", 1, 1), ("P4", 1, 0)]
