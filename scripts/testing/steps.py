"""Steps of a run: their output, their times, and a summary.

Standard library only: it runs before any environment exists.
"""

import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

from scripts.lib.paths import ROOT


@dataclass(frozen=True)
class Step:
    """A part of a run that has ended."""

    name: str
    passed: bool
    seconds: float


def run_step(name: str, command: Sequence[str], variables: Mapping[str, str]) -> Step:
    """Run a command in the project's folder, and show its output as it comes."""
    started = begin(name)
    passed = subprocess.run(command, cwd=ROOT, env=variables).returncode == 0
    return end(name, passed, started)


def run_together(
    commands: Mapping[str, Sequence[str]], variables: Mapping[str, str]
) -> Iterator[Step]:
    """Run commands at the same time, and show the output of each when it has ended."""

    def run(name: str) -> tuple[str, float, subprocess.CompletedProcess[bytes]]:
        started = time.monotonic()
        done = subprocess.run(
            commands[name],
            cwd=ROOT,
            env=variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        return name, started, done

    with ThreadPoolExecutor(len(commands)) as threads:
        for future in as_completed([threads.submit(run, name) for name in commands]):
            name, started, done = future.result()
            say("", f"== {name}", done.stdout.decode(errors="replace").rstrip())
            yield end(name, done.returncode == 0, started)


def begin(name: str) -> float:
    """Print the heading of a step, and return when it started."""
    say("", f"== {name}")
    return time.monotonic()


def end(name: str, passed: bool, started: float) -> Step:
    """Print the result of a step, and return it."""
    seconds = time.monotonic() - started
    say(f"-- {name} {'passed' if passed else 'FAILED'} in {seconds:.1f} s")
    return Step(name, passed, seconds)


def summarize(steps: Sequence[Step]) -> list[str]:
    """Return a line for each step, and one for the whole run."""
    failed = [step.name for step in steps if not step.passed]
    return [
        *(f"{'' if step.passed else 'FAILED '}{step.name}: {step.seconds:.1f} s" for step in steps),
        f"Failed: {', '.join(failed)}." if failed else "Every step passed.",
    ]


def say(*lines: str) -> None:
    """Print without buffering, so that lines keep their order between those of subprocesses."""
    for line in lines:
        print(line, flush=True)
