import pytest

from scripts.commands import test as command
from scripts.commands.test import checks, parse_arguments


def test_path_selects_tests_with_pytest_arguments() -> None:
    options = parse_arguments(["--long", "tests/domain", "-k", "price"])

    assert options.long
    assert (options.selection, options.pytest) == (["tests/domain", "-k", "price"], [])


def test_arguments_after_dashes_run_every_check() -> None:
    options = parse_arguments(["--unit", "--", "-n", "2"])

    assert (options.selection, options.pytest) == ([], ["-n", "2"])
    assert list(checks("python", options)) == [
        "ruff check",
        "ruff format",
        "mypy",
        "layers",
        "pytest",
    ]
    assert checks("python", options)["pytest"] == [
        *("python", "-m", "pytest", "-m", "not e2e"),
        *("-n", "2"),
    ]


def test_coverage_is_measured_only_in_a_whole_run() -> None:
    whole, unit = (checks("python", parse_arguments(a))["pytest"] for a in ([], ["--unit"]))

    assert "--cov" in whole
    assert "--cov" not in unit


def test_tools_do_not_inherit_our_output_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", ":backslashreplace")
    monkeypatch.setenv("LANG", "C")

    variables = command.test_variables([], parse_arguments([]))

    assert ("PYTHONIOENCODING" in variables, variables["LANG"]) == (False, "C")
