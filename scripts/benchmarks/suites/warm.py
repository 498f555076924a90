"""The warm path: one event after another through the entry point of a started process."""

from collections.abc import Mapping
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
from scripts.benchmarks.results import OURS, NotMeasured, Results, Table, format_number, interleave

WARM_CACHED = "warm page, cached"
WARM_RENDERED = "warm page, rendered"
WARM_EXPLORER = "warm explorer, rendered"
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
    """A request that is repeated. If `fresh`, its page is rendered anew each time."""

    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    query: str = ""
    fresh: bool = False
    status: int = 200

    def times(self, times: int) -> dict[str, Any]:
        """Return the message for the probe to answer the request that many times."""
        event = http_event(self.path, self.headers, self.query)
        return {"event": event, "times": times, "fresh": self.fresh, "status": self.status}


REQUESTS = {
    WARM_CACHED: Request(PAGE),
    "warm page, cached, compressed": Request(PAGE, _GZIP),
    WARM_RENDERED: Request(PAGE, fresh=True),
    "warm page, rendered and compressed": Request(PAGE, _GZIP, fresh=True),
    "warm page, 304": Request(PAGE, {"if-none-match": "*"}, status=304),
    "warm card, cached": Request(CARD),
    "warm explorer, cached": Request("/"),
    WARM_EXPLORER: Request("/", fresh=True),
    "warm comparison, rendered": Request("/compare", query=_COMPARISON, fresh=True),
}
_API = Request("/api/compare", query=_COMPARISON)


def run(bench: Bench, runs: int) -> Results:
    """Measure each kind of request, ours and that of the constant."""
    with ExitStack() as resources:
        ours = resources.enter_context(run_function(bench, OURS, DEFAULT_SIZE))
        constant = resources.enter_context(run_function(bench, CONSTANT, DEFAULT_SIZE))
        tasks = {label: partial(burst, ours, request) for label, request in REQUESTS.items()}
        tasks[CONSTANT] = partial(burst, constant, Request(PAGE))
        times = {label: median(values) for label, values in interleave(tasks, runs).items()}
    memory = _measure_memory(bench)
    rows = [
        (label, format_number(time), format_number(time / times[CONSTANT]))
        for label, time in times.items()
    ]
    rows += [(label, f"{format_number(size)} MB", "") for label, size in memory.items()]
    head = ("measurement", "µs", "÷ the constant")
    table = Table("Warm", _METHOD.format(runs * BURST), head, rows)
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


def peak_megabytes(function: ProbeProcess) -> float:
    """Return the peak memory of a process so far."""
    kilobytes: int = function.ask(None)
    return kilobytes / 1024


def _measure_memory(bench: Bench) -> dict[str, float]:
    """Return the memory of a process after every request, without and with the JSON API."""
    with run_function(bench, OURS, DEFAULT_SIZE) as function:
        for request in REQUESTS.values():
            burst(function, replace(request, fresh=False))
        without = peak_megabytes(function)
        burst(function, _API)
        return {MEMORY: without, MEMORY_WITH_API: peak_megabytes(function)}
