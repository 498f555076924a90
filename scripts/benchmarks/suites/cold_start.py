"""The cold path: from the start of a process to the first byte of a page and of a card."""

from functools import partial
from statistics import median

from scripts.benchmarks.candidates import FASTAPI, FLASK, FLOOR
from scripts.benchmarks.harness import CARD, PAGE, Bench
from scripts.benchmarks.results import OURS, Results, Table, figure, interleaved

COLD_PAGE = {name: f"cold page, {name}" for name in (OURS, FASTAPI, FLASK, FLOOR)}
COLD_CARD = {name: f"cold card, {name}" for name in (OURS, FASTAPI, FLASK)}

_ABOUT = (
    "From starting a new process to the first byte of the answer, through the Lambda entry point, "
    "the catalog read from S3 over TLS. Medians of {} runs, milliseconds."
)


def measured(bench: Bench, runs: int) -> Results:
    """Return the cold starts of all sides."""
    tasks = {
        **{label: partial(bench.cold, name, PAGE) for name, label in COLD_PAGE.items()},
        **{label: partial(bench.cold, name, CARD) for name, label in COLD_CARD.items()},
    }
    given = interleaved(tasks, runs)
    times = {label: median(start.milliseconds for start in given[label]) for label in tasks}
    memory = {label: median(start.megabytes for start in given[label]) for label in tasks}
    ours = times[COLD_PAGE[OURS]]
    rows = [
        (label, figure(times[label]), figure(times[label] / ours), figure(memory[label]))
        for label in tasks
    ]
    head = ("what", "ms", "÷ our page", "MB at the peak")
    return Results([Table("Cold", _ABOUT.format(runs), head, rows)], times)
