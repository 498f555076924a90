"""The same with catalogs of other sizes: time and memory."""

from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from statistics import median

from scripts.benchmarks.candidates import FASTAPI
from scripts.benchmarks.harness import CARD, PAGE, SIZES, Bench, ColdStart
from scripts.benchmarks.results import OURS, Results, Table, figure, interleaved
from scripts.benchmarks.suites.warm import (
    REQUESTS,
    WARM_CACHED,
    WARM_RENDERED,
    answering,
    burst,
    megabytes,
)

COLD_PAGE_AT = {models: f"cold page, {models:,} models" for models in SIZES}
MEMORY_AT = {models: f"memory, warm, {models:,} models" for models in SIZES}

_EXPLORER = "warm explorer, rendered"
_WARM = (WARM_CACHED, WARM_RENDERED)
_COLD_ABOUT = (
    "Catalogs made from one list by renaming its authors. Medians of {} runs, milliseconds and "
    "MB at the peak; {} of the rival, which parses the whole list."
)
_WARM_ABOUT = (
    "A warm process over each catalog, microseconds, the explorer once; its memory is the peak "
    "after all of these."
)
_FEW = 3


def measured(bench: Bench, runs: int) -> Results:
    """Return cold starts and warm answers by size of the catalog; few runs leave out the last."""
    sizes = SIZES if runs > _FEW else SIZES[:-1]
    cold, figures = _cold(bench, sizes, max(_FEW, runs // 3))
    warm, memory = _warm(bench, sizes)
    return Results([cold, warm], {**figures, **memory})


def _cold(bench: Bench, sizes: Sequence[int], runs: int) -> tuple[Table, dict[str, float]]:
    pages = interleaved({n: partial(bench.cold, OURS, PAGE, n) for n in sizes}, runs)
    cards = interleaved({n: partial(bench.cold, OURS, CARD, n) for n in sizes}, _FEW)
    rivals = interleaved({n: partial(bench.cold, FASTAPI, PAGE, n) for n in sizes}, _FEW, 0)
    figures = {COLD_PAGE_AT[n]: _time(pages[n]) for n in sizes}
    rows = [
        (
            f"{n:,}",
            figure(_time(pages[n])),
            figure(_memory(pages[n])),
            figure(_time(cards[n])),
            figure(_time(rivals[n])),
            figure(_memory(rivals[n])),
            figure(bench.catalog(n).snapshot.stat().st_size / 1e6),
            figure(bench.catalog(n).listed.stat().st_size / 1e6),
        )
        for n in sizes
    ]
    head = (
        *("models", "page, ms", "page, MB", "card, ms"),
        *(f"{FASTAPI}: page, ms", "page, MB", "snapshot, MB", "list, MB"),
    )
    return Table("Scale, cold", _COLD_ABOUT.format(runs, _FEW), head, rows), figures


def _warm(bench: Bench, sizes: Sequence[int]) -> tuple[Table, dict[str, float]]:
    with ExitStack() as running:
        functions = {n: running.enter_context(answering(bench, OURS, n)) for n in sizes}
        tasks = {
            (n, label): partial(burst, functions[n], REQUESTS[label])
            for n in sizes
            for label in _WARM
        }
        taken = interleaved(tasks, _FEW)
        explorer = {n: burst(functions[n], REQUESTS[_EXPLORER], 1) for n in sizes}
        memory = {MEMORY_AT[n]: megabytes(function) for n, function in functions.items()}
    rows = [
        (
            f"{n:,}",
            *(figure(median(taken[n, label])) for label in _WARM),
            figure(explorer[n]),
            figure(memory[MEMORY_AT[n]]),
        )
        for n in sizes
    ]
    head = (
        "models",
        *(f"{label.removeprefix('warm ')}, µs" for label in (*_WARM, _EXPLORER)),
        "MB",
    )
    return Table("Scale, warm", _WARM_ABOUT, head, rows), memory


def _time(starts: Sequence[ColdStart]) -> float:
    return median(start.milliseconds for start in starts)


def _memory(starts: Sequence[ColdStart]) -> float:
    return median(start.megabytes for start in starts)
