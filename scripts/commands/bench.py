"""Measures the site against common alternatives, all in one interleaved run."""

import argparse
import shlex
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from scripts.benchmarks.environment_info import describe_machine
from scripts.benchmarks.fixtures.catalogs import load_records
from scripts.benchmarks.harness import Bench, Sources, Tools, run_bench
from scripts.benchmarks.report import DOCUMENT, format_columns, replace_tables
from scripts.benchmarks.results import NotMeasured, Results, Table
from scripts.benchmarks.revision import resolve_commit
from scripts.benchmarks.suites import (
    artifact,
    cards,
    cold_start,
    explorer,
    import_time,
    lambda_emulator,
    refresh,
    requests,
    scale,
    warm,
)
from scripts.benchmarks.thresholds import evaluate
from scripts.lib.command_line import DONE, FAILED, create_parser, run
from scripts.lib.paths import ROOT
from scripts.lib.tools import LAMBDA_PYTHON, find_emulator, install
from scripts.local_stack.build_artifact import BuildFailed
from scripts.local_stack.processes import ServerFailed

SUITES: Mapping[str, Callable[[Bench, int], Results]] = {
    "cold": cold_start.run,
    "imports": import_time.run,
    "emulator": lambda_emulator.run,
    "warm": warm.run,
    "card": cards.run,
    "explorer": explorer.run,
    "requests": requests.run,
    "scale": scale.run,
    "refresh": refresh.run,
    "artifact": artifact.run,
}
_INSTALL_FOLDER = ROOT / ".burgee" / "bench"
_RUNS, _QUICK_RUNS = 30, 3


def main(arguments: Sequence[str]) -> int:
    """Return the exit status: 0 if every suite was measured."""
    options = _parse_arguments(arguments)
    # Both signals stop every server that was started.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    try:
        return _run(options)
    except (NotMeasured, BuildFailed, ServerFailed) as error:
        print(f"Cannot measure: {error}", file=sys.stderr)
    return FAILED


def _parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = create_parser(
        "bench",
        __doc__,
        epilog="A full run is written to docs/performance.md; other runs are only printed.",
    )
    parser.add_argument(
        "--only", choices=SUITES, metavar="SUITE", help=f"one of {', '.join(SUITES)}"
    )
    parser.add_argument("--runs", type=int, help=f"number of cold starts; default: {_RUNS}")
    parser.add_argument(
        "--quick", action="store_true", help=f"{_QUICK_RUNS} runs of each, for a rough result"
    )
    parser.add_argument(
        "--catalog",
        type=Path,
        metavar="FILE",
        help="a stored response of OpenRouter’s model list; default: the bundled sample",
    )
    parser.add_argument(
        "--against",
        action="append",
        default=[],
        metavar="REV",
        help="another revision of this repository, measured in the same run; may be repeated",
    )
    return parser.parse_args(arguments)


def _run(options: argparse.Namespace) -> int:
    names = [options.only] if options.only else list(SUITES)
    runs = options.runs or (_QUICK_RUNS if options.quick else _RUNS)
    tools = _install_tools()
    machine = describe_machine(tools.python)
    _print(f"Building and installing the candidates, for {machine} ...")
    sources = Sources(options.catalog, [resolve_commit(revision) for revision in options.against])
    with run_bench(tools, sources, _INSTALL_FOLDER) as bench:
        results = dict(_measure(bench, names, runs))
        tables = _all_tables(results, bench.sides[1:])
    _print(format_columns(tables[0]))
    if len(results) < len(names):
        return FAILED
    if not options.only and not options.quick:
        _write(machine, _describe_command(options), tables)
    return DONE


def _describe_command(options: argparse.Namespace) -> str:
    """Return the command that repeats a full run, and the model list that it uses."""
    command = ["scripts/bench"]
    if options.runs:
        command += ["--runs", str(options.runs)]
    for revision in options.against:
        command += ["--against", revision]
    if not options.catalog:
        return f"`{shlex.join(command)}` over the bundled sample"
    command += ["--catalog", options.catalog.name]
    models = len(load_records(options.catalog))
    return f"`{shlex.join(command)}` over OpenRouter’s list of {models} models"


def _install_tools() -> Tools:
    """Return the interpreter of the candidates, of Lambda's version if possible."""
    requirements = "tests/requirements-lambda.txt"
    python = install("environment", "lambda", LAMBDA_PYTHON, requirements)
    python = python or install("environment", "lambda", requirements)
    if not python:
        raise NotMeasured("no environment for the functions could be installed")
    sam = install("environment", "sam", LAMBDA_PYTHON, "tests/requirements-sam.txt")
    emulator = sam and find_emulator(sam)
    return Tools(Path(python), Path(emulator) if emulator else None)


def _measure(bench: Bench, names: Sequence[str], runs: int) -> Iterator[tuple[str, Results]]:
    for name in names:
        _print(f"{datetime.now(UTC):%H:%M:%S} measuring: {name} ...", "")
        try:
            results = SUITES[name](bench, runs)
        except NotMeasured as error:
            _print(f"Not measured: {name}: {error}")
            continue
        _print(*map(format_columns, results.tables))
        yield name, results


def _all_tables(results: Mapping[str, Results], revisions: Sequence[str]) -> list[Table]:
    """Return the table of targets, then those of all suites."""
    metrics = {label: value for suite in results.values() for label, value in suite.metrics.items()}
    return [
        evaluate(metrics, revisions),
        *(table for suite in results.values() for table in suite.tables),
    ]


def _write(machine: str, command: str, tables: Sequence[Table]) -> None:
    introduction = f"By {command} on {datetime.now(UTC):%-d %B %Y}: {machine}."
    document = replace_tables(DOCUMENT.read_text("utf-8"), introduction, tables)
    DOCUMENT.write_text(document, "utf-8")
    _print(f"Written to {DOCUMENT.relative_to(ROOT)}.")


def _print(*lines: str) -> None:
    print(*lines, sep="\n", flush=True)


if __name__ == "__main__":
    run(main)
