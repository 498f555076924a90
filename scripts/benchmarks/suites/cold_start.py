"""Cold starts: from the start of a process to the first byte of a page and of a card."""

from functools import partial
from statistics import median

from scripts.benchmarks.candidates import FASTAPI, FLASK, FLOOR
from scripts.benchmarks.harness import CARD, PAGE, Bench
from scripts.benchmarks.results import OURS, Results, Table, format_number, interleave

COLD_PAGE = {name: f"cold page, {name}" for name in (OURS, FASTAPI, FLASK, FLOOR)}
COLD_CARD = {name: f"cold card, {name}" for name in (OURS, FASTAPI, FLASK)}

_METHOD = (
    "From the start of a new process to the first byte of the response, through the Lambda entry "
    "point, with the catalog read from S3 over TLS. Medians of {} runs, in milliseconds."
)


def run(bench: Bench, runs: int) -> Results:
    """Measure the cold starts of all candidates."""
    tasks = {
        **{label: partial(bench.cold_start, name, PAGE) for name, label in COLD_PAGE.items()},
        **{label: partial(bench.cold_start, name, CARD) for name, label in COLD_CARD.items()},
    }
    starts = interleave(tasks, runs)
    times = {label: median(start.milliseconds for start in starts[label]) for label in tasks}
    memory = {label: median(start.megabytes for start in starts[label]) for label in tasks}
    ours = times[COLD_PAGE[OURS]]
    rows = [
        (
            label,
            format_number(times[label]),
            format_number(times[label] / ours),
            format_number(memory[label]),
        )
        for label in tasks
    ]
    head = ("measurement", "ms", "÷ our page", "peak MB")
    return Results([Table("Cold", _METHOD.format(runs), head, rows)], times)
