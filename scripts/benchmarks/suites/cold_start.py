"""Cold starts: from the start of a process to the first byte of a page and of a card."""

from collections.abc import Sequence
from functools import partial
from statistics import median

from scripts.benchmarks.candidates import FASTAPI, FLASK, FLOOR
from scripts.benchmarks.harness import CARD, PAGE, Bench
from scripts.benchmarks.results import OURS, Metric, Results, Table, format_number, interleave

COLD_PAGE = "cold page"
COLD_CARD = "cold card"

_METHOD = (
    "From the start of a new process to the first byte of the response, through the Lambda entry "
    "point, with the catalog read from S3 over TLS. Medians of {} runs, in milliseconds."
)


def run(bench: Bench, runs: int) -> Results:
    """Measure the cold starts of all candidates."""
    tasks = {
        Metric(measured, name): partial(bench.cold_start, name, path)
        for measured, path, names in _starts(bench.sides)
        for name in names
    }
    starts = interleave(tasks, runs)
    times = {task: median(start.milliseconds for start in starts[task]) for task in tasks}
    memory = {task: median(start.megabytes for start in starts[task]) for task in tasks}
    ours = times[Metric(COLD_PAGE, OURS)]
    rows = [
        (
            task.label,
            format_number(times[task]),
            format_number(times[task] / ours),
            format_number(memory[task]),
        )
        for task in tasks
    ]
    head = ("measurement", "ms", "÷ our page", "peak MB")
    return Results([Table("Cold", _METHOD.format(runs), head, rows)], times)


def _starts(sides: Sequence[str]) -> Sequence[tuple[str, str, Sequence[str]]]:
    """Return what is measured: its name, the path, and the candidates."""
    return (
        (COLD_PAGE, PAGE, (*sides, FASTAPI, FLASK, FLOOR)),
        (COLD_CARD, CARD, (*sides, FASTAPI, FLASK)),
    )
