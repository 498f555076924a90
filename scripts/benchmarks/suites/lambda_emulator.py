"""The cold path inside Lambda's own runtime: what the Runtime Interface Emulator reports."""

import re
from functools import partial
from pathlib import Path
from statistics import median

from scripts.benchmarks.candidates import FASTAPI, FLASK, FLOOR
from scripts.benchmarks.fixtures.http_event import http_event
from scripts.benchmarks.harness import PAGE, Bench
from scripts.benchmarks.results import OURS, NotMeasured, Results, Table, figure, interleaved
from scripts.local_stack.lambda_emulator import LambdaEmulator

_INIT = re.compile(r"INIT REPORT\(durationMs: ([\d.]+)\)")
_ALL = re.compile(r"^REPORT .*?\tDuration: ([\d.]+) ms", re.MULTILINE)
_ABOUT = (
    "Inside AWS’s Runtime Interface Emulator: its INIT REPORT, which ends before the first event, "
    "and its REPORT of start and first page together. Medians of {} runs, milliseconds."
)


def measured(bench: Bench, runs: int) -> Results:
    """Return what the emulator reports of the start and the first page of each side."""
    emulator = bench.tools.emulator
    if emulator is None:
        raise NotMeasured("the Lambda emulator is missing")
    names = (OURS, FASTAPI, FLASK, FLOOR)
    given = interleaved({name: partial(_reported, bench, emulator, name) for name in names}, runs)
    rows = []
    for name in names:
        init, whole = (median(values) for values in zip(*given[name], strict=True))
        rows.append((name, figure(init), figure(whole)))
    head = ("side", "start", "start and first page")
    return Results([Table("Cold, in the emulator", _ABOUT.format(runs), head, rows)])


def _reported(bench: Bench, emulator: Path, name: str) -> tuple[float, float]:
    side = bench.sides[name]
    environment = bench.environment(name)
    with LambdaEmulator(
        side.folder, f"{side.module}.lambda_handler", environment, emulator, bench.tools.python
    ) as function:
        function.invoke(http_event(PAGE))
        log = function.log
    init, whole = _INIT.search(log), _ALL.search(log)
    if not init or not whole:
        raise NotMeasured(f"the emulator reported no start of {name}: {log[-2_000:]}")
    return float(init[1]), float(whole[1])
