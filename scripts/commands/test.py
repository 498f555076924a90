"""Runs every check of the project, or only some tests.

Standard library only: it runs before any environment exists, and installs what it needs.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.lib import reliability_report
from scripts.lib.paths import ROOT
from scripts.lib.tools import Tool, e2e_tools, install, version_arguments
from scripts.lib.version import add_version_option

FIGURES = ROOT / ".burgee" / "figures.jsonl"
E2E = "tests/e2e"
_UNIT = ("requirements.txt", "scripts/requirements.txt", "tests/requirements-unit.txt")
REQUIREMENTS = {"unit": _UNIT, "test": (*_UNIT, "tests/requirements.txt")}


@dataclass(frozen=True)
class Step:
    """A check that has run."""

    name: str
    passed: bool
    seconds: float


def main(arguments: Sequence[str]) -> int:
    """Return the exit status: 0 if every step passed, else that of pytest or 1."""
    options = parse_arguments(arguments)
    return run_selection(options) if options.selection else run_all(options)


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Return the options, with `selection` or `pytest`: arguments of pytest, without or after `--`.

    A selection begins with a path: it names the tests that run alone.
    """
    parser = argparse.ArgumentParser(
        prog="scripts/test",
        usage="%(prog)s [option ...] [PATH [pytest argument ...] | -- pytest argument ...]",
        description="Run every check: lint, format, types, layers, tests with coverage. "
        "With a PATH, run only its tests, and install only what they need.",
        epilog="With pytest arguments, as with --unit, coverage is not measured.",
    )
    add_version_option(parser)
    flags = {
        "--unit": "only the fast tests, which need no real server and no build",
        "--require-all": "fail if a tool is missing, instead of skipping its tests",
        "--all-pages": "check every page, instead of a sample of them",
        "--long": "try every promise of docs/reliability.md for hours, and write down the figures",
    }
    for flag, help_text in flags.items():
        parser.add_argument(flag, action="store_true", help=help_text)
    parser.add_argument("--python", metavar="X.Y", default="", help="run on exactly this Python")
    parser.add_argument("selection", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    options.pytest = []
    if options.selection[:1] == ["--"]:
        options.selection, options.pytest = [], options.selection[1:]
    return options


def run_selection(options: argparse.Namespace) -> int:
    """Run only the selected tests, and return pytest's exit status.

    Tests that need a server or a build are left out, unless a path in tests/e2e asks for them.
    """
    e2e = any(argument.startswith(E2E) for argument in options.selection)
    python = install_python(options, "test" if e2e else "unit")
    if not python:
        return 1
    tools = e2e_tools(options.python) if e2e else []
    scope = [] if e2e else ["-m", "not e2e", f"--ignore={E2E}"]
    command = [python, "-m", "pytest", *scope, *options.selection]
    return subprocess.run(command, cwd=ROOT, env=test_variables(tools, options)).returncode


def run_all(options: argparse.Namespace) -> int:
    """Run every check that the options ask for, and return the exit status."""
    started = begin("environments")
    python = install_python(options, "test")
    tools = e2e_tools(options.python) if python and not options.unit else []
    say(*(f"{tool.name}: {tool.missing or 'ready'}" for tool in tools))
    complete = bool(python) and not (options.require_all and any(t.missing for t in tools))
    steps = [end("environments", complete, started)]
    clear_figures()
    if python:
        variables = test_variables(tools, options)
        for name, command in checks(python, options).items():
            started = begin(name)
            passed = subprocess.run(command, cwd=ROOT, env=variables).returncode == 0
            steps.append(end(name, passed, started))
    if options.long:
        is_whole_run = not options.pytest and not options.unit
        if python and is_whole_run:
            started = begin("mutations")
            steps.append(end("mutations", run_mutations(python, options), started))
        say(*reliability_report.update_report(FIGURES, is_whole_run))
    say(*summary(steps, tools))
    return 0 if all(step.passed for step in steps) else 1


def run_mutations(python: str, options: argparse.Namespace) -> bool:
    """Count the mutations that no unit test notices, and return whether that was possible."""
    requirements = "tests/requirements-cosmic-ray.txt"
    tool = install("environment", "cosmic-ray", *version_arguments(options.python), requirements)
    command = [python, "-m", "scripts.mutation.run", "--cosmic-ray", tool]
    variables = test_variables([], options) | {"BURGEE_LONG": "", "BURGEE_ALL_PAGES": ""}
    return bool(tool) and subprocess.run(command, cwd=ROOT, env=variables).returncode == 0


def install_python(options: argparse.Namespace, name: str) -> str:
    """Return the Python of an environment in REQUIREMENTS, "" if it could not be installed."""
    return install("environment", name, *version_arguments(options.python), *REQUIREMENTS[name])


def checks(python: str, options: argparse.Namespace) -> dict[str, list[str]]:
    """Return the command of each check by its name, in the order to run them."""
    pytest = [python, "-m", "pytest"]
    if options.unit:
        pytest += ["-m", "not e2e"]
    elif not options.pytest:
        pytest += ["--cov", "--cov-report=term-missing:skip-covered"]
    return {
        "ruff check": [python, "-m", "ruff", "check"],
        "ruff format": [python, "-m", "ruff", "format", "--check"],
        "mypy": [python, "-m", "mypy"],
        "layers": [str(Path(python).with_name("lint-imports")), "--no-cache", "--no-logo"],
        "pytest": [*pytest, *options.pytest],
    }


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


def begin(name: str) -> float:
    """Print the heading of a step, and return when it started."""
    say("", f"== {name}")
    return time.monotonic()


def end(name: str, passed: bool, started: float) -> Step:
    """Print the result of a step, and return it."""
    seconds = time.monotonic() - started
    say(f"-- {name} {'passed' if passed else 'FAILED'} in {seconds:.1f} s")
    return Step(name, passed, seconds)


def summary(steps: Sequence[Step], tools: Sequence[Tool]) -> list[str]:
    """Return the last lines of the run."""
    failed = [step.name for step in steps if not step.passed]
    return [
        "",
        "== summary",
        *(f"{'' if step.passed else 'FAILED '}{step.name}: {step.seconds:.1f} s" for step in steps),
        *(f"skipped without {tool.name}: {tool.missing}" for tool in tools if tool.missing),
        f"Failed: {', '.join(failed)}." if failed else "Every step passed.",
    ]


def say(*lines: str) -> None:
    """Print without buffering, so that lines keep their order between those of subprocesses."""
    for line in lines:
        print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
