"""The warm path: one event after another through the entry point of a started process."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from statistics import median
from typing import Any

from scripts.benchmarks.candidates import CONSTANT
from scripts.benchmarks.fixtures.catalogs import COMPARED
from scripts.benchmarks.fixtures.http_event import http_event
from scripts.benchmarks.harness import CARD, DEFAULT_SIZE, PAGE, Bench
from scripts.benchmarks.probe_process import ProbeProcess, run_probe
from scripts.benchmarks.results import (
    OURS,
    Metric,
    NotMeasured,
    Results,
    Table,
    format_number,
    interleave,
)

WARM_CACHED = "warm page, cached"
WARM_RENDERED = "warm page, rendered"
WARM_NOT_MODIFIED = "warm page, 304"
WARM_FILTERED = "warm explorer, filtered, rendered"
ANSWER = "warm page"
MEMORY = "memory, warm"
MEMORY_WITH_API = "memory, warm, after a request for the JSON API"

BURST = 25
_GZIP = {"accept-encoding": "gzip"}
_COMPARISON = "&".join(f"m={model_id}" for model_id in COMPARED)
_METHOD = (
    "One event through the entry point of a warm process. Cached pages were requested before; "
    "rendered ones are made anew for each event. Medians of {} events, in microseconds."
)


@dataclass(frozen=True, slots=True)
class Request:
    """A request that is repeated. If `fresh`, its page is rendered anew each time.

    `clock` is a function of `time`: `process_time` counts the processor alone.
    """

    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    query: str = ""
    fresh: bool = False
    status: int = 200
    clock: str = "perf_counter"

    def times(self, times: int) -> dict[str, Any]:
        """Return the message for the probe to answer the request that many times."""
        event = http_event(self.path, self.headers, self.query)
        message = {"event": event, "times": times, "fresh": self.fresh, "status": self.status}
        return {**message, "clock": self.clock}


FILTERED = Request("/", query="by=google&has=tools", fresh=True)
REQUESTS = {
    WARM_CACHED: Request(PAGE),
    "warm page, cached, compressed": Request(PAGE, _GZIP),
    WARM_RENDERED: Request(PAGE, fresh=True),
    "warm page, rendered and compressed": Request(PAGE, _GZIP, fresh=True),
    WARM_NOT_MODIFIED: Request(PAGE, {"if-none-match": "*"}, status=304),
    "warm card, cached": Request(CARD),
    "warm explorer, cached": Request("/"),
    "warm explorer, rendered": Request("/", fresh=True),
    WARM_FILTERED: FILTERED,
    "warm comparison, rendered": Request("/compare", query=_COMPARISON, fresh=True),
}
_API = Request("/api/compare", query=_COMPARISON)


def run(bench: Bench, runs: int) -> Results:
    """Measure each kind of request for each side, and that of the constant."""
    with ExitStack() as resources:
        functions = {
            name: resources.enter_context(run_function(bench, name, DEFAULT_SIZE))
            for name in (*bench.sides, CONSTANT)
        }
        tasks = {
            Metric(label, side): partial(burst, functions[side], request)
            for label, request in REQUESTS.items()
            for side in bench.sides
            if side == OURS or is_answered(functions[side], request)
        }
        tasks[Metric(ANSWER, CONSTANT)] = partial(burst, functions[CONSTANT], Request(PAGE))
        times = {task: median(values) for task, values in interleave(tasks, runs).items()}
    memory = _measure_memory(bench)
    table = _table(times, memory, bench.sides, _METHOD.format(runs * BURST))
    return Results([table], {**times, **memory})


def run_function(bench: Bench, name: str, models: int) -> AbstractContextManager[ProbeProcess]:
    """Run a warm process of a candidate for a block."""
    candidate = bench.candidates[name]
    command = bench.command("warm.py", candidate.module)
    return run_probe(command, candidate.folder, bench.environment(name, models))


def burst(function: ProbeProcess, request: Request, times: int = BURST) -> float:
    """Return the median microseconds of several events in a row."""
    durations: list[float] | None = function.ask(request.times(times))
    if durations is None:
        raise NotMeasured(f"{request.path} was not answered with {request.status}")
    return median(durations)


def is_answered(function: ProbeProcess, request: Request) -> bool:
    """Return whether a function knows a request: an older revision may not."""
    return function.ask(request.times(1)) is not None


def peak_megabytes(function: ProbeProcess) -> float:
    """Return the peak memory of a process so far."""
    kilobytes: int = function.ask(None)
    return kilobytes / 1024


def _table(
    times: Mapping[Metric, float], memory: Mapping[Metric, float], sides: Sequence[str], method: str
) -> Table:
    constant = times[Metric(ANSWER, CONSTANT)]
    rows = [
        (
            label,
            *(cell for side in sides for cell in _cells(times.get(Metric(label, side)), constant)),
        )
        for label in REQUESTS
    ]
    rows.append((CONSTANT, format_number(constant), "1", *("" for _ in sides[1:] for _ in "µ÷")))
    for label in (MEMORY, MEMORY_WITH_API):
        sizes = (f"{format_number(memory[Metric(label, side)])} MB" for side in sides)
        rows.append((label, *(cell for size in sizes for cell in (size, ""))))
    head = (f"{side}, {unit}" for side in sides for unit in ("µs", "÷ the constant"))
    return Table("Warm", method, ("measurement", *head), rows)


def _cells(time: float | None, constant: float) -> tuple[str, str]:
    """Return the cells of a time, and of its ratio to the constant."""
    return ("", "") if time is None else (format_number(time), format_number(time / constant))


def _measure_memory(bench: Bench) -> dict[Metric, float]:
    """Return the memory of a process after every request, without and with the JSON API."""
    memory: dict[Metric, float] = {}
    for side in bench.sides:
        with run_function(bench, side, DEFAULT_SIZE) as function:
            for request in REQUESTS.values():
                is_answered(function, replace(request, fresh=False))
            memory[Metric(MEMORY, side)] = peak_megabytes(function)
            burst(function, _API)
            memory[Metric(MEMORY_WITH_API, side)] = peak_megabytes(function)
    return memory
