"""Cold starts in Lambda's own runtime, as reported by the Runtime Interface Emulator."""

import re
from functools import partial
from pathlib import Path
from statistics import median

from scripts.benchmarks.candidates import FASTAPI, FLASK, FLOOR
from scripts.benchmarks.fixtures.http_event import http_event
from scripts.benchmarks.harness import PAGE, Bench
from scripts.benchmarks.results import OURS, NotMeasured, Results, Table, format_number, interleave
from scripts.local_stack.lambda_emulator import LambdaEmulator

_INIT = re.compile(r"INIT REPORT\(durationMs: ([\d.]+)\)")
_TOTAL = re.compile(r"^REPORT .*?\tDuration: ([\d.]+) ms", re.MULTILINE)
_METHOD = (
    "In AWS’s Runtime Interface Emulator: its INIT REPORT, which ends before the first event, and "
    "its REPORT of the start and the first page together. Medians of {} runs, in milliseconds."
)


def run(bench: Bench, runs: int) -> Results:
    """Measure the start and the first page of each candidate."""
    emulator = bench.tools.emulator
    if emulator is None:
        raise NotMeasured("the Lambda emulator is missing")
    names = (OURS, FASTAPI, FLASK, FLOOR)
    tasks = {name: partial(_measure, bench, emulator, name) for name in names}
    rows = []
    for name, results in interleave(tasks, runs).items():
        init, total = (median(values) for values in zip(*results, strict=True))
        rows.append((name, format_number(init), format_number(total)))
    head = ("candidate", "start", "start and first page")
    return Results([Table("Cold, in the emulator", _METHOD.format(runs), head, rows)])


def _measure(bench: Bench, emulator: Path, name: str) -> tuple[float, float]:
    """Return the milliseconds of the start, and of the start with the first page."""
    candidate = bench.candidates[name]
    handler, environment = f"{candidate.module}.lambda_handler", bench.environment(name)
    with LambdaEmulator(
        candidate.folder, handler, environment, emulator, bench.tools.python
    ) as function:
        function.invoke(http_event(PAGE))
        log = function.log
    init, total = _INIT.search(log), _TOTAL.search(log)
    if not init or not total:
        raise NotMeasured(f"the emulator reported no start of {name}: {log[-2_000:]}")
    return float(init[1]), float(total[1])
