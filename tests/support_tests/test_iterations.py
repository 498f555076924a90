import json
import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

TRIED = """
import pytest
from hypothesis import given, settings, strategies as st
from tests.conftest import *
from tests.support.iterations import times

@pytest.mark.promise("P1", "a property")
@settings(max_examples=7)
@given(st.integers())
def test_a_property(number):
    pass

@pytest.mark.promise("P2", "kills")
def test_kills(record_property):
    record_property("tried", times(10, 500))

@pytest.mark.promise("P3", "failures")
def test_that_fails():
    assert False

@pytest.mark.long
@pytest.mark.promise("P4", "long ones")
def test_that_takes_long():
    pass
"""


def figures_of_a_run(place: Path, **variables: str) -> list[tuple[str, int, int]]:
    figures = place / "figures.jsonl"
    (place / "conftest.py").write_text(TRIED.split("@pytest")[0])
    (place / "test_tried.py").write_text(TRIED)
    (place / "pytest.ini").write_text("[pytest]\nmarkers =\n  long: x\n  promise: x\n")
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", str(place)],
        cwd=place,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "BURGEE_FIGURES": str(figures), **variables},
    )
    lines = map(json.loads, figures.read_text().splitlines())
    return [(line["promise"], line["tried"], line["failed"]) for line in lines]


def test_what_a_test_of_a_promise_tried_is_noted(tmp_path: Path) -> None:
    assert figures_of_a_run(tmp_path, BURGEE_LONG="") == [("P1", 7, 0), ("P2", 10, 0), ("P3", 1, 1)]


def test_a_long_run_tries_more_and_leaves_nothing_out(tmp_path: Path) -> None:
    tried = figures_of_a_run(tmp_path, BURGEE_LONG="1")

    assert tried == [("P1", 7, 0), ("P2", 500, 0), ("P3", 1, 1), ("P4", 1, 0)]
