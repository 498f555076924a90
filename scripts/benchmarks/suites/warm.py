"""The warm path: one event after another through the entry point of a process that has started."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from statistics import median
from typing import Any

from scripts.benchmarks.candidates import CONSTANT
from scripts.benchmarks.fixtures.catalogs import COMPARED
from scripts.benchmarks.fixtures.http_event import http_event
from scripts.benchmarks.harness import CARD, PAGE, USUAL, Bench
from scripts.benchmarks.probe_process import ProbeProcess, conversing
from scripts.benchmarks.results import OURS, NotMeasured, Results, Table, figure, interleaved

WARM_CACHED = "warm page, kept"
WARM_RENDERED = "warm page, rendered"
MEMORY = "memory, warm"
MEMORY_WITH_API = "memory, warm, once the JSON API was asked"

_GZIP = {"accept-encoding": "gzip"}
BURST = 25
_COMPARISON = "&".join(f"m={model_id}" for model_id in COMPARED)
_ABOUT = (
    "One event through the entry point of a warm process. What is kept was asked for before; what "
    "is rendered was not: each event names another domain. Medians of {} events, microseconds."
)


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a warm function, again and again."""

    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    query: str = ""
    fresh: bool = False
    status: int = 200

    def times(self, times: int) -> dict[str, Any]:
        """Return the question of as many events."""
        event = http_event(self.path, self.headers, self.query)
        return {"event": event, "times": times, "fresh": self.fresh, "status": self.status}


REQUESTS = {
    WARM_CACHED: Request(PAGE),
    "warm page, kept, compressed": Request(PAGE, _GZIP),
    WARM_RENDERED: Request(PAGE, fresh=True),
    "warm page, rendered and compressed": Request(PAGE, _GZIP, fresh=True),
    "warm page, 304": Request(PAGE, {"if-none-match": "*"}, status=304),
    "warm card, kept": Request(CARD),
    "warm explorer, kept": Request("/"),
    "warm explorer, rendered": Request("/", fresh=True),
}
_COMPARE = Request("/compare", query=_COMPARISON, fresh=True)
_API = Request("/api/compare", query=_COMPARISON, fresh=True)


def measured(bench: Bench, runs: int) -> Results:
    """Return how long each kind of event takes, ours and a constant's."""
    with ExitStack() as running:
        ours = running.enter_context(answering(bench, OURS, USUAL))
        constant = running.enter_context(answering(bench, CONSTANT, USUAL))
        requests = {**REQUESTS, **_comparison(ours)}
        tasks = {label: partial(burst, ours, request) for label, request in requests.items()}
        tasks[CONSTANT] = partial(burst, constant, Request(PAGE))
        times = {label: median(all_) for label, all_ in interleaved(tasks, runs).items()}
    memory = _memory(bench)
    least = times[CONSTANT]
    rows = [(label, figure(took), figure(took / least)) for label, took in times.items()]
    rows += [(label, f"{figure(size)} MB", "") for label, size in memory.items()]
    head = ("what", "µs", "÷ the constant")
    return Results([Table("Warm", _ABOUT.format(runs * BURST), head, rows)], {**times, **memory})


def answering(bench: Bench, name: str, models: int) -> AbstractContextManager[ProbeProcess]:
    """Return a warm process of a side, for a block. It answers as the API's own domain."""
    side = bench.sides[name]
    return conversing(
        bench.command("warm.py", side.module), side.folder, bench.environment(name, models)
    )


def burst(function: ProbeProcess, request: Request, times: int = BURST) -> float:
    """Return the median of a few events in a row."""
    taken: list[float] | None = function.ask(request.times(times))
    if taken is None:
        raise NotMeasured(f"{request.path} was not answered with {request.status}")
    return median(taken)


def megabytes(function: ProbeProcess) -> float:
    """Return the most memory that a process had so far."""
    kilobytes: int = function.ask(None)
    return kilobytes / 1024


def _memory(bench: Bench) -> dict[str, float]:
    """Return the memory of a process that answered everything for one domain, as a site has one."""
    with answering(bench, OURS, USUAL) as function:
        for request in REQUESTS.values():
            burst(function, replace(request, fresh=False))
        without = megabytes(function)
        burst(function, replace(_API, fresh=False))
        return {MEMORY: without, MEMORY_WITH_API: megabytes(function)}


def _comparison(function: ProbeProcess) -> dict[str, Request]:
    """Return the page of a comparison, none where this version of the site has no such page."""
    is_served = function.ask(_COMPARE.times(1)) is not None
    return {"warm comparison, rendered": _COMPARE} if is_served else {}
