"""The targets of the benchmark, and whether they are met."""

from collections.abc import Mapping
from dataclasses import dataclass

from scripts.benchmarks.candidates import CONSTANT, FASTAPI, FLASK, FLOOR
from scripts.benchmarks.harness import DEFAULT_SIZE, SIZES
from scripts.benchmarks.results import OURS, Table, format_number
from scripts.benchmarks.suites.cards import CARD_BYTES, CARD_TIME, SATORI
from scripts.benchmarks.suites.cold_start import COLD_CARD, COLD_PAGE
from scripts.benchmarks.suites.scale import COLD_PAGE_AT, MEMORY_AT
from scripts.benchmarks.suites.warm import MEMORY_WITH_API, WARM_CACHED, WARM_RENDERED

_LARGE, _LARGEST = SIZES[1:]


@dataclass(frozen=True, slots=True)
class Target:
    """A metric, or its ratio to another, with its maximum; None only reports it."""

    label: str
    metric: str
    divisor: str | None
    maximum: float | None


TARGETS = (
    Target(f"cold page ÷ {FASTAPI}", COLD_PAGE[OURS], COLD_PAGE[FASTAPI], 0.2),
    Target(f"cold page ÷ {FLASK}", COLD_PAGE[OURS], COLD_PAGE[FLASK], 0.35),
    Target("cold page ÷ the floor", COLD_PAGE[OURS], COLD_PAGE[FLOOR], 3.0),
    Target("cold card ÷ cold page", COLD_CARD[OURS], COLD_PAGE[OURS], 1.8),
    Target("warm page, cached ÷ Mangum + Starlette’s constant", WARM_CACHED, CONSTANT, 1.3),
    Target("warm page, rendered ÷ Mangum + Starlette’s constant", WARM_RENDERED, CONSTANT, 7.0),
    Target(f"card ÷ {SATORI}, time", CARD_TIME[OURS], CARD_TIME[SATORI], 0.4),
    Target(f"card ÷ {SATORI}, bytes", CARD_BYTES[OURS], CARD_BYTES[SATORI], 0.4),
    Target(
        f"cold page, {_LARGE:,} models ÷ {DEFAULT_SIZE}",
        COLD_PAGE_AT[_LARGE],
        COLD_PAGE_AT[DEFAULT_SIZE],
        1.5,
    ),
    Target(
        f"cold page, {_LARGEST:,} models ÷ {DEFAULT_SIZE}",
        COLD_PAGE_AT[_LARGEST],
        COLD_PAGE_AT[DEFAULT_SIZE],
        None,
    ),
    Target(
        f"memory, warm, with the JSON API, {DEFAULT_SIZE} models, MB", MEMORY_WITH_API, None, 80
    ),
    Target(f"memory, warm, {_LARGEST:,} models, MB", MEMORY_AT[_LARGEST], None, None),
)


def evaluate(metrics: Mapping[str, float]) -> Table:
    """Return a table of the targets that these metrics can judge."""
    rows = [row for target in TARGETS if (row := _row(target, metrics))]
    return Table("Targets", "", ("target", "at most", "measured", ""), rows)


def _row(target: Target, metrics: Mapping[str, float]) -> tuple[str, ...] | None:
    if target.metric not in metrics or (target.divisor and target.divisor not in metrics):
        return None
    value = metrics[target.metric] / (metrics[target.divisor] if target.divisor else 1.0)
    if target.maximum is None:
        return target.label, "", format_number(value), "reported"
    verdict = "met" if value <= target.maximum else "not met"
    return target.label, f"{target.maximum:g}", format_number(value), verdict
