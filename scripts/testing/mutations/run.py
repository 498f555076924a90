"""Counts the mutations of the code that no unit test notices.

Runs in the tests' environment, on copies of the project, one for each processor. For each mutation,
only the tests that reach its line run: those that mirror the file first. A mutation is noticed if
one of them fails, or if they use up their processor time.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple

from coverage import CoverageData

from scripts.lib.paths import ROOT

FOLDERS = ("handler/domain", "handler/services", "handler/web/http", "handler/adapters/storage")
# Facts about platforms, with their sources: tests could only repeat them.
TABLES = "handler/domain/previews/crawlers/"
MAX_SECONDS = 3_600
SEED, COUNT = 18, 400
_PROGRESS = 20
# Of processor time, for the tests of one mutation: a busy machine notices no more than a quiet one.
_TEST_SECONDS = 300
_WALL_SECONDS = 4 * _TEST_SECONDS
_LIMITED = ("bash", "-c", 'ulimit -t "$1" && shift && exec "$@"', "limited", str(_TEST_SECONDS))
_LEFT_OUT = shutil.ignore_patterns(".git", ".environments", ".burgee", "node_modules", ".aws-sam")
_PYTEST = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "--hypothesis-seed=0")


class Mutation(NamedTuple):
    """A file with one change, and the line and the operator of the change."""

    file: str
    line: int
    operator: str
    code: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.operator}"


def main(arguments: Sequence[str]) -> int:
    """Print each survivor, and record the figures for docs/reliability.md."""
    options = _parse_arguments(arguments)
    stop = time.monotonic() + options.seconds
    with tempfile.TemporaryDirectory(prefix="burgee-mutations-") as folder:
        projects = [Path(folder) / str(number) for number in range(options.workers)]
        for project in projects:
            shutil.copytree(ROOT, project, ignore=_LEFT_OUT)
        contexts = measure(projects[0], options)
        chosen = list(sample(options, projects[0]))
        tests = [find_tests(contexts, projects[0], mutation) for mutation in chosen]
        tried, survivors = try_all(projects, list(zip(chosen, tests, strict=True)), stop)
    print(f"{survivors} of {tried} mutations survived", flush=True)
    record_figure(tried, survivors)
    return 0


def try_all(
    projects: Iterable[Path], chosen: Iterable[tuple[Mutation, Sequence[str]]], stop: float
) -> tuple[int, int]:
    """Return how many mutations were tried until `stop` (monotonic), and how many survived."""
    free: SimpleQueue[Path] = SimpleQueue()
    for project in projects:
        free.put(project)

    def survived(choice: tuple[Mutation, Sequence[str]]) -> bool | None:
        mutation, tests = choice
        if time.monotonic() > stop:
            return None
        project = free.get()
        try:
            alive = survives(project, mutation, tests)
        finally:
            free.put(project)
        if alive:
            print(f"survived: {mutation}", flush=True)
        return alive

    tried = survivors = 0
    with ThreadPoolExecutor(free.qsize()) as threads:
        for alive in threads.map(survived, chosen):
            tried, survivors = tried + (alive is not None), survivors + bool(alive)
            if tried % _PROGRESS == 0 and alive is not None:
                print(f"{tried} tried, {survivors} survived", flush=True)
    return tried, survivors


def measure(project: Path, options: argparse.Namespace) -> CoverageData:
    """Run the unit tests once, and return which of them reach which lines."""
    coverage = ("--cov=handler", "--cov-context=test", "--cov-report=", "--cov-fail-under=0")
    parallel = ("-n", str(options.workers), "-m", "not e2e")
    command = [sys.executable, *_PYTEST, *coverage, *parallel, *options.tests]
    environment = {k: v for k, v in os.environ.items() if k != "BURGEE_FIGURES"}
    # sys.monitoring counts a line once, not once for each test.
    subprocess.run(command, cwd=project, env=environment | {"COVERAGE_CORE": "ctrace"}, check=False)
    data = CoverageData(str(project / ".coverage"))
    data.read()
    return data


def sample(options: argparse.Namespace, project: Path) -> Iterator[Mutation]:
    """Yield mutations in random order, the same for one seed and one state of the code."""
    files = [path for name in options.paths for path in _modules(project / name)]
    names = [str(path.relative_to(project)) for path in files if TABLES not in str(path)]
    script = project / "scripts" / "testing" / "mutations" / "sample.py"
    command = [options.cosmic_ray, "-P", script, str(options.seed), str(options.count), *names]
    done = subprocess.run(command, cwd=project, stdout=subprocess.PIPE, text=True, check=True)
    yield from (Mutation(**json.loads(line)) for line in done.stdout.splitlines())


def _modules(path: Path) -> list[Path]:
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


def find_tests(contexts: CoverageData, project: Path, mutation: Mutation) -> list[str]:
    """Return the tests that reach a line, or the file for a line that runs at import."""
    by_line = contexts.contexts_by_lineno(str(project / mutation.file))
    reached = {*by_line.get(mutation.line, ())} - {""}
    reached = reached or {name for names in by_line.values() for name in names} - {""}
    mirror = Path(mutation.file).parent.as_posix().replace("handler", "tests", 1)
    tests = {name.partition("|")[0] for name in reached}
    return sorted(tests, key=lambda test: (not test.startswith(mirror), test))


def survives(project: Path, mutation: Mutation, tests: Sequence[str]) -> bool:
    """Return whether all tests pass with a mutation, within their processor time."""
    path = project / mutation.file
    original = path.read_text("utf-8")
    path.write_text(mutation.code, "utf-8")
    selected = project / "selected-tests"
    selected.write_text("\n".join(tests), "utf-8")
    try:
        command = [*_LIMITED, sys.executable, "-B", *_PYTEST, "--no-cov", "-x", f"@{selected}"]
        environment = {k: v for k, v in os.environ.items() if k != "BURGEE_FIGURES"}
        done = subprocess.run(
            command, cwd=project, env=environment, capture_output=True, timeout=_WALL_SECONDS
        )
        if done.returncode < 0:
            print(f"out of time: {mutation}", flush=True)
        return done.returncode == 0 if tests else True
    except subprocess.TimeoutExpired:
        print(f"hangs: {mutation}", flush=True)
        return False
    finally:
        path.write_text(original, "utf-8")


def record_figure(tried: int, survivors: int) -> None:
    """Append a line to the figures of a long run (see scripts/testing/reliability_report.py)."""
    if file := os.environ.get("BURGEE_FIGURES"):
        what = "mutations of the code; failed: those that no unit test noticed"
        line = {"promise": "P24", "what": what, "tried": tried, "failed": survivors}
        with Path(file).open("a", encoding="utf-8") as figures:
            figures.write(json.dumps(line) + "\n")


def _parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/testing/mutations/run.py", description=__doc__)
    parser.add_argument("--cosmic-ray", required=True, help="the Python that has Cosmic Ray")
    parser.add_argument("--seconds", type=float, default=MAX_SECONDS, help="default: %(default)s")
    parser.add_argument("--count", type=int, default=COUNT, help="default: %(default)s")
    parser.add_argument("--seed", type=int, default=SEED, help="default: %(default)s")
    parser.add_argument("--workers", type=int, default=os.cpu_count(), help="default: processors")
    parser.add_argument("--paths", nargs="+", default=FOLDERS, help="what is mutated")
    parser.add_argument("--tests", nargs="+", default=["tests", "--ignore=tests/e2e"])
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
