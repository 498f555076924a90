"""The first view of the explorer in a process that has answered the page of one model."""

from collections.abc import Mapping
from functools import partial
from statistics import median

from scripts.benchmarks.harness import PAGE, SIZES, Bench
from scripts.benchmarks.results import Metric, Results, Table, format_number, interleave
from scripts.benchmarks.suites.warm import Request, burst, run_function

FIRST_VIEW_SIZES = SIZES[:-1]
FIRST_VIEW_AT = {models: f"first explorer, {models:,} models" for models in FIRST_VIEW_SIZES}
_METHOD = (
    "A new process answers a model’s page, then the explorer: the time of the latter, in "
    "milliseconds. Medians of {} processes."
)


def run(bench: Bench, runs: int) -> Results:
    """Measure the first view of the explorer, for each side and size."""
    tasks = {
        Metric(label, side): partial(_first_view, bench, side, models)
        for models, label in FIRST_VIEW_AT.items()
        for side in bench.sides
    }
    times = {task: median(values) for task, values in interleave(tasks, runs).items()}
    return Results([_table(bench, times, _METHOD.format(runs))], times)


def _first_view(bench: Bench, side: str, models: int) -> float:
    """Return the milliseconds of the explorer in a new process, after a model's page."""
    with run_function(bench, side, models) as function:
        burst(function, Request(PAGE), 1)
        return burst(function, Request("/"), 1) / 1_000


def _table(bench: Bench, times: Mapping[Metric, float], method: str) -> Table:
    rows = [
        (f"{models:,}", *(format_number(times[Metric(label, side)]) for side in bench.sides))
        for models, label in FIRST_VIEW_AT.items()
    ]
    return Table("Explorer, first view", method, ("models", *bench.sides), rows)
