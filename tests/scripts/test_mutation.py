import argparse
import json
from pathlib import Path

import pytest

from scripts.testing.mutations.run import Mutation, find_tests, measure, record_figure, survives


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "limits.py").write_text("def limit(value):\n    return min(value, 5)\n")
    (tmp_path / "test_low.py").write_text(
        "from limits import limit\n\n\ndef test_low():\n    assert limit(1) == 1\n"
    )
    (tmp_path / "test_high.py").write_text(
        "from limits import limit\n\n\ndef test_high():\n    assert limit(9) == 5\n"
    )
    return tmp_path


@pytest.mark.promise("P24", "mutations of an example")
@pytest.mark.parametrize(
    ("tests", "survived"),
    [(["test_low.py"], True), (["test_low.py", "test_high.py::test_high"], False), ([], True)],
    ids=["other test", "its test", "no test"],
)
def test_mutation_survives_without_its_test(
    project: Path, tests: list[str], survived: bool
) -> None:
    code = "def limit(value):\n    return min(value, 6)\n"
    before = (project / "limits.py").read_text()

    assert survives(project, Mutation("limits.py", 2, "number", code), tests) is survived
    assert (project / "limits.py").read_text() == before


def test_all_tests_of_a_line_are_found(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # set by pytest-xdist: our own package would be found first
    monkeypatch.delenv("PYTHONPATH", raising=False)
    (project / "handler").mkdir()
    (project / "limits.py").rename(project / "handler" / "limits.py")
    for path in project.glob("test_*.py"):
        path.write_text(path.read_text().replace("limits", "handler.limits"))
    # as in our own project: faster, and it would name one test only
    (project / "pyproject.toml").write_text('[tool.coverage.run]\ncore = "sysmon"\n')

    data = measure(project, argparse.Namespace(workers=1, tests=["test_low.py", "test_high.py"]))

    mutation = Mutation("handler/limits.py", 2, "number", "")
    assert find_tests(data, project, mutation) == [
        "test_high.py::test_high",
        "test_low.py::test_low",
    ]


def test_figure_is_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BURGEE_FIGURES", str(tmp_path / "figures"))

    record_figure(tried=400, survivors=30)

    line = json.loads((tmp_path / "figures").read_text())
    assert (line["promise"], line["tried"], line["failed"]) == ("P24", 400, 30)
