"""Time and memory with catalogs of several sizes."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from itertools import product
from statistics import median

from scripts.benchmarks.candidates import FASTAPI
from scripts.benchmarks.harness import CARD, PAGE, SIZES, Bench, ColdStart
from scripts.benchmarks.probe_process import ProbeProcess
from scripts.benchmarks.results import OURS, Metric, Results, Table, format_number, interleave
from scripts.benchmarks.suites.warm import (
    FILTERED,
    REQUESTS,
    WARM_CACHED,
    WARM_RENDERED,
    Request,
    burst,
    peak_megabytes,
    run_function,
)

COLD_PAGE_AT = {models: f"cold page, {models:,} models" for models in SIZES}
MEMORY_AT = {models: f"memory, {models:,} models" for models in SIZES}

_WARM = (WARM_CACHED, WARM_RENDERED)
_ONCE = {
    "explorer": Request("/"),
    "feed": Request("/feed.xml"),
    "sitemap": Request("/sitemap.xml"),
    "explorer, filtered": FILTERED,
}
# A sitemap of more URLs is an index of its parts.
_MAX_SITEMAP_URLS = 10_000
_PART_OF_SITEMAP = Request("/sitemap-1.xml")
_COLD_METHOD = (
    "Catalogs made from one list by renaming its authors. Medians of {} runs, milliseconds and "
    "peak MB; {} runs for cards and for the baseline, which parses the whole list."
)
_WARM_METHOD = (
    "A warm process for each catalog: medians of pages, then once the explorer, the feed, the "
    "sitemap (with one part of it, where it has parts) and a filtered view of the explorer, in "
    "microseconds. Memory is the peak after all of these."
)
_FEW = 3


def run(bench: Bench, runs: int) -> Results:
    """Measure cold starts and warm responses by catalog size. Few runs skip the largest."""
    sizes = SIZES if runs > _FEW else SIZES[:-1]
    cold, cold_metrics = _measure_cold(bench, sizes, max(_FEW, runs // 3))
    warm, warm_metrics = _measure_warm(bench, sizes)
    return Results([cold, warm], {**cold_metrics, **warm_metrics})


def _measure_cold(
    bench: Bench, sizes: Sequence[int], runs: int
) -> tuple[Table, dict[Metric, float]]:
    cases = list(product(sizes, bench.sides))
    pages = interleave({(n, s): partial(bench.cold_start, s, PAGE, n) for n, s in cases}, runs)
    cards = interleave({n: partial(bench.cold_start, OURS, CARD, n) for n in sizes}, _FEW)
    baseline = {n: partial(bench.cold_start, FASTAPI, PAGE, n) for n in sizes}
    baselines = interleave(baseline, _FEW, warm_up=0)
    rows = [
        (
            f"{n:,}",
            *(cell for side in bench.sides for cell in _cells(pages[n, side])),
            _cells(cards[n])[0],
            *_cells(baselines[n]),
            format_number(bench.catalog(n).snapshot.stat().st_size / 1e6),
            format_number(bench.catalog(n).model_list.stat().st_size / 1e6),
        )
        for n in sizes
    ]
    head = ("models", *_cold_head(bench.sides), "snapshot, MB", "list, MB")
    metrics = {Metric(COLD_PAGE_AT[n], s): _median_time(pages[n, s]) for n, s in cases}
    return Table("Scale, cold", _COLD_METHOD.format(runs, _FEW), head, rows), metrics


def _cold_head(sides: Sequence[str]) -> Iterator[str]:
    for name in sides:
        yield from (f"{name}: page, ms", "page, MB")
    yield from (f"{OURS}: card, ms", f"{FASTAPI}: page, ms", "page, MB")


def _cells(starts: Sequence[ColdStart]) -> tuple[str, str]:
    """Return the cells of the median time and memory."""
    memory = median(start.megabytes for start in starts)
    return format_number(_median_time(starts)), format_number(memory)


def _median_time(starts: Sequence[ColdStart]) -> float:
    return median(start.milliseconds for start in starts)


def _measure_warm(bench: Bench, sizes: Sequence[int]) -> tuple[Table, dict[Metric, float]]:
    cases = list(product(sizes, bench.sides))
    with ExitStack() as resources:
        functions = {
            (n, side): resources.enter_context(run_function(bench, side, n)) for n, side in cases
        }
        tasks = {
            (case, label): partial(burst, functions[case], REQUESTS[label])
            for case in cases
            for label in _WARM
        }
        times = {task: median(values) for task, values in interleave(tasks, _FEW).items()}
        once = {case: _measure_once(functions[case], case[0]) for case in cases}
        memory = {case: peak_megabytes(functions[case]) for case in cases}
    rows = [
        (
            f"{case[0]:,}",
            case[1],
            *(format_number(times[case, label]) for label in _WARM),
            *(format_number(once[case][label]) for label in _ONCE),
            format_number(memory[case]),
        )
        for case in cases
    ]
    pages = (label.removeprefix("warm ") for label in _WARM)
    head = ("models", "side", *(f"{label}, µs" for label in (*pages, *_ONCE)), "MB")
    metrics = {Metric(MEMORY_AT[n], side): memory[n, side] for n, side in cases}
    return Table("Scale, warm", _WARM_METHOD, head, rows), metrics


def _measure_once(function: ProbeProcess, models: int) -> Mapping[str, float]:
    """Return the microseconds of one request of each kind that reads many models."""
    times = {label: burst(function, request, 1) for label, request in _ONCE.items()}
    if models > _MAX_SITEMAP_URLS:
        burst(function, _PART_OF_SITEMAP, 1)
    return times
