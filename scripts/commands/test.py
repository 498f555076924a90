"""Runs the checks of the project: the fast ones, all of them, or the tests in a path.

Standard library only: it runs before any environment exists, and installs what it needs.
"""

import argparse
import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from scripts.lib.command_line import DONE, FAILED, create_parser, run
from scripts.lib.paths import ROOT
from scripts.lib.tools import Tool, e2e_tools, install, version_arguments
from scripts.testing import reliability_report
from scripts.testing.steps import Step, begin, end, run_step, run_together, say, summarize

FIGURES = ROOT / ".burgee" / "figures.jsonl"
E2E = "tests/e2e"
REQUIREMENTS = (
    *("requirements.txt", "scripts/requirements.txt"),
    *("tests/requirements-unit.txt", "tests/requirements.txt"),
)
_COVERAGE = ("--cov", "--cov-report=term-missing:skip-covered")
_SLOWEST = ("--durations=25", "--durations-min=5")
_LEFT_OUT = (
    "Left out: the end-to-end tests, with the build, servers, a browser and other clients.",
    "Run them with: scripts/test --all",
)


def main(arguments: Sequence[str]) -> int:
    """Return the exit status: 0 if every step or test passed, else 1."""
    options = parse_arguments(arguments)
    return run_selection(options) if options.selection else run_checks(options)


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Return the options, with `selection` or `pytest`: arguments of pytest, without or after `--`.

    A selection begins with a path: it names the tests that run alone.
    """
    parser = create_parser(
        "test",
        "Run the fast checks: lint, format, types, layers and unit tests. "
        "With a PATH, run only its tests.",
        usage="%(prog)s [option ...] [PATH [pytest argument ...] | -- pytest argument ...]",
        epilog="Coverage is measured by --all without pytest arguments.",
    )
    flags = {
        "--all": "run the end-to-end tests too, and install what they need",
        "--require-all": "as --all, and fail if a tool is missing, instead of skipping its tests",
        "--all-pages": "check every page, instead of a sample of them",
        "--long": "as --all, but try every promise of docs/reliability.md for hours, "
        "and write down the figures",
    }
    for flag, help_text in flags.items():
        parser.add_argument(flag, action="store_true", help=help_text)
    parser.add_argument("--python", metavar="X.Y", default="", help="run on exactly this Python")
    parser.add_argument("selection", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    options.all = options.all or options.require_all or options.long
    options.pytest = []
    if options.selection[:1] == ["--"]:
        options.selection, options.pytest = [], options.selection[1:]
    return options


def run_selection(options: argparse.Namespace) -> int:
    """Run only the selected tests, and return the exit status.

    Tests that need a server or a build are left out, unless a path in tests/e2e asks for them.
    """
    e2e = any(argument.startswith(E2E) for argument in options.selection)
    python = install_python(options)
    if not python:
        return FAILED
    tools = e2e_tools(options.python) if e2e else []
    scope = [] if e2e else ["-m", "not e2e", f"--ignore={E2E}"]
    command = [python, "-m", "pytest", *scope, *options.selection]
    done = subprocess.run(command, cwd=ROOT, env=test_variables(tools, options))
    return DONE if done.returncode == 0 else FAILED


def run_checks(options: argparse.Namespace) -> int:
    """Run every check that the options ask for, and return the exit status."""
    started = begin("environments")
    python = install_python(options)
    tools = e2e_tools(options.python) if python and options.all else []
    say(*(f"{tool.name}: {tool.missing or 'ready'}" for tool in tools))
    complete = bool(python) and not (options.require_all and any(t.missing for t in tools))
    steps = [end("environments", complete, started)]
    if python:
        variables = test_variables(tools, options)
        clear_figures()
        steps += run_together(static_checks(python), variables)
        steps.append(run_step("pytest", pytest_command(python, options), variables))
        steps += write_figures(python, options) if options.long else ()
    say("", "== summary", *skipped(options, tools), *summarize(steps))
    return DONE if all(step.passed for step in steps) else FAILED


def write_figures(python: str, options: argparse.Namespace) -> Iterator[Step]:
    """Count unnoticed mutations after a whole long run, and write its figures down."""
    is_whole_run = not options.pytest
    if is_whole_run:
        started = begin("mutations")
        yield end("mutations", run_mutations(python, options), started)
    say(*reliability_report.update_report(FIGURES, is_whole_run))


def run_mutations(python: str, options: argparse.Namespace) -> bool:
    """Count the mutations that no unit test notices, and return whether that was possible."""
    requirements = "tests/requirements-cosmic-ray.txt"
    tool = install("environment", "cosmic-ray", *version_arguments(options.python), requirements)
    command = [python, "-m", "scripts.testing.mutations.run", "--cosmic-ray", tool]
    variables = test_variables([], options) | {"BURGEE_LONG": "", "BURGEE_ALL_PAGES": ""}
    return bool(tool) and subprocess.run(command, cwd=ROOT, env=variables).returncode == 0


def install_python(options: argparse.Namespace) -> str:
    """Return the Python of the tests' environment, "" if it could not be installed."""
    return install("environment", "test", *version_arguments(options.python), *REQUIREMENTS)


def static_checks(python: str) -> dict[str, list[str]]:
    """Return the command of each check that runs none of our code, by its name."""
    return {
        "ruff check": [python, "-m", "ruff", "check"],
        "ruff format": [python, "-m", "ruff", "format", "--check"],
        "mypy": [python, "-m", "mypy"],
        "layers": [str(Path(python).with_name("lint-imports")), "--no-cache", "--no-logo"],
    }


def pytest_command(python: str, options: argparse.Namespace) -> list[str]:
    """Return the command of the unit tests, or of all tests."""
    # One worker more than processors: some tests only wait, for a server or for a deadline.
    # One of them runs all tests of a file, which share servers and catalogs.
    parallel = ("-n", str(count_processors() + 1), "--dist", "loadfile", "--no-loadscope-reorder")
    scope = _SLOWEST if options.all else ("-m", "not e2e", f"--ignore={E2E}")
    coverage = _COVERAGE if options.all and not options.pytest else ()
    return [python, "-m", "pytest", *parallel, *scope, *coverage, *options.pytest]


def count_processors() -> int:
    """Return the number of processors that this process may use, where the system tells."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def test_variables(tools: Sequence[Tool], options: argparse.Namespace) -> dict[str, str]:
    """Return the environment of the checks. Every BURGEE_* variable in it is set here."""
    shared = ROOT.parent / "shared"
    variables = {tool.variable: tool.path for tool in tools if not tool.missing} | {
        "BURGEE_REQUIRE_ALL": "1" if options.require_all else "",
        "BURGEE_ALL_PAGES": "1" if options.all_pages or options.long else "",
        "BURGEE_LONG": "1" if options.long else "",
        "BURGEE_FIGURES": str(FIGURES) if options.long else "",
        "BURGEE_SHARED": str(shared) if shared.is_dir() else "",
    }
    # The launcher's PYTHONIOENCODING is for our own output: Schemathesis cannot read it.
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("BURGEE_") and name != "PYTHONIOENCODING"
    }
    return inherited | {name: value for name, value in variables.items() if value}


def clear_figures() -> None:
    """Delete the figures that an earlier run recorded."""
    FIGURES.parent.mkdir(exist_ok=True)
    FIGURES.unlink(missing_ok=True)


def skipped(options: argparse.Namespace, tools: Sequence[Tool]) -> list[str]:
    """Return what did not run, and the reason or the command for it."""
    missing = [f"skipped without {tool.name}: {tool.missing}" for tool in tools if tool.missing]
    return missing if options.all else list(_LEFT_OUT)


if __name__ == "__main__":
    run(main)
