"""Runs every check of the project, and says at the end which passed and what was skipped.

Standard library only: it runs before any environment exists, and has them installed itself.
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
from scripts.lib.tools import ROOT, Tool, e2e_tools, install, versioned

FIGURES = ROOT / ".burgee" / "figures.jsonl"
TEST_REQUIREMENTS = ("requirements.txt", "scripts/requirements.txt", "tests/requirements.txt")


@dataclass(frozen=True)
class Step:
    """A check that has run."""

    name: str
    passed: bool
    seconds: float


def main(arguments: Sequence[str]) -> int:
    """Return the exit status: 0 if every step passed, else 1."""
    options = parsed(arguments)
    started = begin("environments")
    python = install("environment", "test", *versioned(options.python), *TEST_REQUIREMENTS)
    parts = e2e_tools(options.python) if python and not options.unit else []
    say(*(f"{part.name}: {part.missing or 'ready'}" for part in parts))
    complete = bool(python) and not (options.require_all and any(p.missing for p in parts))
    steps = [end("environments", complete, started)]
    forget_figures()
    if python:
        variables = test_variables(parts, options)
        for name, command in checks(python, options).items():
            started = begin(name)
            passed = subprocess.run(command, cwd=ROOT, env=variables).returncode == 0
            steps.append(end(name, passed, started))
    if options.long:
        say(*reliability_report.written(FIGURES, whole=not options.pytest and not options.unit))
    say(*summary(steps, parts))
    return 0 if all(step.passed for step in steps) else 1


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """Return the options, with what follows `--` as `pytest`."""
    parser = argparse.ArgumentParser(
        prog="scripts/test",
        usage="%(prog)s [option ...] [-- pytest argument ...]",
        description="Run every check: lint, format, types, layers, tests with coverage.",
        epilog="With pytest arguments, as with --unit, coverage is not measured.",
    )
    flags = {
        "--unit": "only the fast tests, which need no real server and no build",
        "--require-all": "a missing part fails, instead of being skipped",
        "--all-pages": "check every page, instead of a sample of them",
        "--long": "try every promise of docs/reliability.md for hours, and write down the figures",
    }
    for flag, help_text in flags.items():
        parser.add_argument(flag, action="store_true", help=help_text)
    parser.add_argument("--python", metavar="X.Y", default="", help="run on exactly this Python")
    parser.add_argument("pytest", nargs="*", help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


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


def test_variables(parts: Sequence[Tool], options: argparse.Namespace) -> dict[str, str]:
    """Return the environment of the checks: this one, with ours in place of any BURGEE_* in it."""
    shared = ROOT.parent / "shared"
    ours = {part.variable: part.place for part in parts if not part.missing} | {
        "BURGEE_REQUIRE_ALL": "1" if options.require_all else "",
        "BURGEE_ALL_PAGES": "1" if options.all_pages or options.long else "",
        "BURGEE_LONG": "1" if options.long else "",
        "BURGEE_FIGURES": str(FIGURES) if options.long else "",
        "BURGEE_SHARED": str(shared) if shared.is_dir() else "",
    }
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("BURGEE_")}
    return inherited | {name: value for name, value in ours.items() if value}


def forget_figures() -> None:
    """Make room for the figures of this run."""
    FIGURES.parent.mkdir(exist_ok=True)
    FIGURES.unlink(missing_ok=True)


def begin(name: str) -> float:
    """Print the heading of a step, and return when it started."""
    say("", f"== {name}")
    return time.monotonic()


def end(name: str, passed: bool, started: float) -> Step:
    """Print how a step ended, and return it."""
    seconds = time.monotonic() - started
    say(f"-- {name} {'passed' if passed else 'FAILED'} in {seconds:.1f} s")
    return Step(name, passed, seconds)


def summary(steps: Sequence[Step], parts: Sequence[Tool]) -> list[str]:
    """Return the lines that close the run."""
    failed = [step.name for step in steps if not step.passed]
    return [
        "",
        "== summary",
        *(f"{'' if step.passed else 'FAILED '}{step.name}: {step.seconds:.1f} s" for step in steps),
        *(f"skipped without {part.name}: {part.missing}" for part in parts if part.missing),
        f"Failed: {', '.join(failed)}." if failed else "Every step passed.",
    ]


def say(*lines: str) -> None:
    """Print at once, so that the lines stand between those of the processes that run in turn."""
    for line in lines:
        print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
