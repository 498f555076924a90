import re
import subprocess
import sys

import pytest

from scripts.commands import test as command
from scripts.commands.test import parse_arguments, pytest_command, skipped
from tests.support.constants import PROJECT


def test_path_selects_tests_with_pytest_arguments() -> None:
    options = parse_arguments(["--long", "tests/domain", "-k", "price"])

    assert options.long
    assert (options.selection, options.pytest) == (["tests/domain", "-k", "price"], [])


def test_arguments_after_dashes_are_those_of_pytest() -> None:
    options = parse_arguments(["--", "-n", "0"])

    assert (options.selection, options.pytest) == ([], ["-n", "0"])
    assert pytest_command("python", options)[-2:] == ["-n", "0"]


def test_e2e_tests_run_only_if_asked_for() -> None:
    fast, whole = (pytest_command("python", parse_arguments(a)) for a in ([], ["--all"]))

    assert "--ignore=tests/e2e" in fast
    assert "--ignore=tests/e2e" not in whole


@pytest.mark.parametrize("flag", ["--require-all", "--long"])
def test_flags_about_every_test_ask_for_all(flag: str) -> None:
    assert parse_arguments([flag]).all


def test_coverage_is_measured_only_in_a_whole_run() -> None:
    runs = [[], ["--all"], ["--all", "--", "-k", "card"]]
    commands = [pytest_command("python", parse_arguments(arguments)) for arguments in runs]

    assert ["--cov" in command for command in commands] == [False, True, False]


def test_what_is_left_out_is_said_with_its_command() -> None:
    assert "scripts/test --all" in "".join(skipped(parse_arguments([]), []))


def test_tools_do_not_inherit_our_output_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", ":backslashreplace")
    monkeypatch.setenv("LANG", "C")

    variables = command.test_variables([], parse_arguments([]))

    assert ("PYTHONIOENCODING" in variables, variables["LANG"]) == (False, "C")


@pytest.mark.e2e
def test_one_worker_runs_all_tests_of_a_file() -> None:
    files = ["tests/e2e/deployment/test_cost.py", "tests/scripts/test_steps.py"]
    command = pytest_command(sys.executable, parse_arguments(["--all", "--", "-v", *files]))

    output = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True).stdout

    lines = re.findall(r"^\[(gw\d)\].* (?:PASSED|SKIPPED) (\S+)::", output, re.MULTILINE)
    workers = [{worker for worker, file in lines if file == path} for path in files]
    assert [len(each) for each in workers] == [1, 1]
