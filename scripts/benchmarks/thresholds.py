"""What was to be reached, and whether it was."""

from collections.abc import Mapping
from dataclasses import dataclass

from scripts.benchmarks.candidates import CONSTANT, FASTAPI, FLASK, FLOOR
from scripts.benchmarks.harness import SIZES, USUAL
from scripts.benchmarks.results import OURS, Table, figure
from scripts.benchmarks.suites.cards import CARD_BYTES, CARD_TIME, SATORI
from scripts.benchmarks.suites.cold_start import COLD_CARD, COLD_PAGE
from scripts.benchmarks.suites.scale import COLD_PAGE_AT, MEMORY_AT
from scripts.benchmarks.suites.warm import MEMORY_WITH_API, WARM_CACHED, WARM_RENDERED

_LARGE, _LARGEST = SIZES[1:]


@dataclass(frozen=True, slots=True)
class Target:
    """A figure, or its ratio to another, and the most that it may be; None is only reported."""

    what: str
    figure: str
    over: str | None
    most: float | None


TARGETS = (
    Target(f"cold page ÷ {FASTAPI}", COLD_PAGE[OURS], COLD_PAGE[FASTAPI], 0.2),
    Target(f"cold page ÷ {FLASK}", COLD_PAGE[OURS], COLD_PAGE[FLASK], 0.35),
    Target("cold page ÷ the floor", COLD_PAGE[OURS], COLD_PAGE[FLOOR], 3.0),
    Target("cold card ÷ cold page", COLD_CARD[OURS], COLD_PAGE[OURS], 1.8),
    Target("warm page, kept ÷ Mangum + Starlette’s constant", WARM_CACHED, CONSTANT, 1.3),
    Target("warm page, rendered ÷ Mangum + Starlette’s constant", WARM_RENDERED, CONSTANT, 7.0),
    Target(f"card ÷ {SATORI}, time", CARD_TIME[OURS], CARD_TIME[SATORI], 0.4),
    Target(f"card ÷ {SATORI}, bytes", CARD_BYTES[OURS], CARD_BYTES[SATORI], 0.4),
    Target(
        f"cold page, {_LARGE:,} models ÷ {USUAL}", COLD_PAGE_AT[_LARGE], COLD_PAGE_AT[USUAL], 1.5
    ),
    Target(
        f"cold page, {_LARGEST:,} models ÷ {USUAL}",
        COLD_PAGE_AT[_LARGEST],
        COLD_PAGE_AT[USUAL],
        None,
    ),
    Target(f"memory, warm, all of it, {USUAL} models, MB", MEMORY_WITH_API, None, 80.0),
    Target(f"memory, warm, {_LARGEST:,} models, MB", MEMORY_AT[_LARGEST], None, None),
)


def evaluate(figures: Mapping[str, float]) -> Table:
    """Return every target that the figures can judge, with what was measured."""
    rows = [row for target in TARGETS if (row := _row(target, figures))]
    return Table("Targets", "", ("what", "at most", "measured", ""), rows)


def _row(target: Target, figures: Mapping[str, float]) -> tuple[str, ...] | None:
    if target.figure not in figures or (target.over and target.over not in figures):
        return None
    value = figures[target.figure] / (figures[target.over] if target.over else 1.0)
    if target.most is None:
        return target.what, "", figure(value), "reported"
    return (
        target.what,
        f"{target.most:g}",
        figure(value),
        "met" if value <= target.most else "not met",
    )
