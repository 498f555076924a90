"""Time and memory with catalogs of several sizes."""

from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from statistics import median

from scripts.benchmarks.candidates import FASTAPI
from scripts.benchmarks.harness import CARD, PAGE, SIZES, Bench, ColdStart
from scripts.benchmarks.results import OURS, Results, Table, format_number, interleave
from scripts.benchmarks.suites.warm import (
    REQUESTS,
    WARM_CACHED,
    WARM_EXPLORER,
    WARM_RENDERED,
    burst,
    peak_megabytes,
    run_function,
)

COLD_PAGE_AT = {models: f"cold page, {models:,} models" for models in SIZES}
MEMORY_AT = {models: f"memory, warm, {models:,} models" for models in SIZES}

_WARM = (WARM_CACHED, WARM_RENDERED)
_COLD_METHOD = (
    "Catalogs made from one list by renaming its authors. Medians of {} runs, milliseconds and "
    "peak MB; {} runs for the baseline, which parses the whole list."
)
_WARM_METHOD = (
    "A warm process for each catalog, in microseconds; the explorer once. Memory is the peak after "
    "all of these."
)
_FEW = 3


def run(bench: Bench, runs: int) -> Results:
    """Measure cold starts and warm responses by catalog size. Few runs skip the largest."""
    sizes = SIZES if runs > _FEW else SIZES[:-1]
    cold, cold_metrics = _measure_cold(bench, sizes, max(_FEW, runs // 3))
    warm, warm_metrics = _measure_warm(bench, sizes)
    return Results([cold, warm], {**cold_metrics, **warm_metrics})


def _measure_cold(bench: Bench, sizes: Sequence[int], runs: int) -> tuple[Table, dict[str, float]]:
    pages = interleave({n: partial(bench.cold_start, OURS, PAGE, n) for n in sizes}, runs)
    cards = interleave({n: partial(bench.cold_start, OURS, CARD, n) for n in sizes}, _FEW)
    baseline = {n: partial(bench.cold_start, FASTAPI, PAGE, n) for n in sizes}
    baselines = interleave(baseline, _FEW, warm_up=0)
    metrics = {COLD_PAGE_AT[n]: _median_time(pages[n]) for n in sizes}
    rows = [
        (
            f"{n:,}",
            format_number(_median_time(pages[n])),
            format_number(_median_memory(pages[n])),
            format_number(_median_time(cards[n])),
            format_number(_median_time(baselines[n])),
            format_number(_median_memory(baselines[n])),
            format_number(bench.catalog(n).snapshot.stat().st_size / 1e6),
            format_number(bench.catalog(n).model_list.stat().st_size / 1e6),
        )
        for n in sizes
    ]
    head = (
        *("models", "page, ms", "page, MB", "card, ms"),
        *(f"{FASTAPI}: page, ms", "page, MB", "snapshot, MB", "list, MB"),
    )
    return Table("Scale, cold", _COLD_METHOD.format(runs, _FEW), head, rows), metrics


def _measure_warm(bench: Bench, sizes: Sequence[int]) -> tuple[Table, dict[str, float]]:
    with ExitStack() as resources:
        functions = {n: resources.enter_context(run_function(bench, OURS, n)) for n in sizes}
        tasks = {
            (n, label): partial(burst, functions[n], REQUESTS[label])
            for n in sizes
            for label in _WARM
        }
        times = interleave(tasks, _FEW)
        explorer = {n: burst(functions[n], REQUESTS[WARM_EXPLORER], 1) for n in sizes}
        memory = {MEMORY_AT[n]: peak_megabytes(function) for n, function in functions.items()}
    rows = [
        (
            f"{n:,}",
            *(format_number(median(times[n, label])) for label in _WARM),
            format_number(explorer[n]),
            format_number(memory[MEMORY_AT[n]]),
        )
        for n in sizes
    ]
    head = (
        "models",
        *(f"{label.removeprefix('warm ')}, µs" for label in (*_WARM, WARM_EXPLORER)),
        "MB",
    )
    return Table("Scale, warm", _WARM_METHOD, head, rows), memory


def _median_time(starts: Sequence[ColdStart]) -> float:
    return median(start.milliseconds for start in starts)


def _median_memory(starts: Sequence[ColdStart]) -> float:
    return median(start.megabytes for start in starts)
