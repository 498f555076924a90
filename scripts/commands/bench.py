"""Measures how fast it is against what people would otherwise build, all in one interleaved run."""

import argparse
import shlex
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from scripts.benchmarks.environment_info import machine
from scripts.benchmarks.fixtures.catalogs import records_of
from scripts.benchmarks.harness import Bench, Tools, bench
from scripts.benchmarks.report import DOCUMENT, in_columns, written
from scripts.benchmarks.results import NotMeasured, Results, Table
from scripts.benchmarks.suites import (
    cards,
    cold_start,
    import_time,
    lambda_emulator,
    refresh,
    scale,
    warm,
)
from scripts.benchmarks.thresholds import evaluate
from scripts.lib.paths import ROOT
from scripts.lib.tools import LAMBDA_PYTHON, emulator, install
from scripts.local_stack.build_artifact import BuildFailed
from scripts.local_stack.processes import ServerFailed

PARTS: dict[str, Callable[[Bench, int], Results]] = {
    "cold": cold_start.measured,
    "imports": import_time.measured,
    "emulator": lambda_emulator.measured,
    "warm": warm.measured,
    "card": cards.measured,
    "scale": scale.measured,
    "refresh": refresh.measured,
}
_PLACE = ROOT / ".burgee" / "bench"
_RUNS, _QUICK_RUNS = 30, 3


def main(arguments: Sequence[str]) -> int:
    """Measure, and return the exit status: 0 if every part that was asked for was measured."""
    options = _parsed(arguments)
    # Both signals end it alike, with every server that it started.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    try:
        return _run(options)
    except (NotMeasured, BuildFailed, ServerFailed) as error:
        print(f"Cannot measure: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        print("Stopped.", flush=True)
    return 1


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/bench",
        description=__doc__,
        epilog="A full run is written to docs/performance.md, the others are only printed.",
    )
    parser.add_argument("--only", choices=PARTS, metavar="PART", help=f"one of {', '.join(PARTS)}")
    parser.add_argument("--runs", type=int, help=f"of each cold start; default: {_RUNS}")
    parser.add_argument(
        "--quick", action="store_true", help=f"{_QUICK_RUNS} runs of each: a rough idea"
    )
    parser.add_argument(
        "--catalog",
        type=Path,
        metavar="FILE",
        help="a stored answer of OpenRouter’s list of models; default: the bundled sample",
    )
    return parser.parse_args(arguments)


def _run(options: argparse.Namespace) -> int:
    names = [options.only] if options.only else list(PARTS)
    runs = options.runs or (_QUICK_RUNS if options.quick else _RUNS)
    tools = _tools()
    where = machine(tools.python)
    _say(f"Building and installing what is compared, for {where} ...")
    with bench(tools, _PLACE, options.catalog) as running:
        findings = dict(_measured(running, names, runs))
    tables = _tables(findings)
    _say(in_columns(tables[0]))
    if len(findings) < len(names):
        return 1
    if not options.only and not options.quick:
        _write(where, _command(options), tables)
    return 0


def _command(options: argparse.Namespace) -> str:
    """Return how a full run is repeated, and over which list, by the name of its file alone."""
    command = ["scripts/bench"]
    if options.runs:
        command += ["--runs", str(options.runs)]
    if not options.catalog:
        return f"`{shlex.join(command)}` over the bundled sample"
    command += ["--catalog", options.catalog.name]
    models = len(records_of(options.catalog))
    return f"`{shlex.join(command)}` over OpenRouter’s list of {models} models"


def _tools() -> Tools:
    """Return the interpreter of the sides: Lambda's version if there is one, and its emulator."""
    requirements = "tests/requirements-lambda.txt"
    python = install("environment", "lambda", LAMBDA_PYTHON, requirements)
    python = python or install("environment", "lambda", requirements)
    if not python:
        raise NotMeasured("no environment for the functions could be installed")
    sam = install("environment", "sam", LAMBDA_PYTHON, "tests/requirements-sam.txt")
    found = sam and emulator(sam)
    return Tools(Path(python), Path(found) if found else None)


def _measured(running: Bench, names: Sequence[str], runs: int) -> Iterator[tuple[str, Results]]:
    for name in names:
        _say(f"{datetime.now(UTC):%H:%M:%S} measuring: {name} ...", "")
        try:
            found = PARTS[name](running, runs)
        except NotMeasured as error:
            _say(f"Not measured: {name}: {error}")
            continue
        _say(*map(in_columns, found.tables))
        yield name, found


def _tables(findings: dict[str, Results]) -> list[Table]:
    """Return all tables, that of the targets first."""
    figures = {label: value for part in findings.values() for label, value in part.figures.items()}
    return [evaluate(figures), *(table for part in findings.values() for table in part.tables)]


def _write(where: str, command: str, tables: Sequence[Table]) -> None:
    opening = f"By {command} on {datetime.now(UTC):%-d %B %Y}: {where}."
    DOCUMENT.write_text(written(DOCUMENT.read_text("utf-8"), opening, tables), "utf-8")
    _say(f"Written to {DOCUMENT.relative_to(ROOT)}.")


def _say(*lines: str) -> None:
    print(*lines, sep="\n", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
