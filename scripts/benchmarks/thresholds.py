"""The targets of the benchmark, and whether they are met."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scripts.benchmarks.candidates import CONSTANT, FASTAPI, FLASK, FLOOR
from scripts.benchmarks.harness import DEFAULT_SIZE, SIZES
from scripts.benchmarks.results import OURS, Metric, Table, format_number
from scripts.benchmarks.suites.artifact import UNPACKED, ZIPPED
from scripts.benchmarks.suites.cards import CARD_BYTES, CARD_TIME, SATORI, TAKUMI
from scripts.benchmarks.suites.cold_start import COLD_CARD, COLD_PAGE
from scripts.benchmarks.suites.explorer import FIRST_VIEW_AT
from scripts.benchmarks.suites.refresh import REFRESH_PEAK_AT, REFRESH_SECONDS_AT
from scripts.benchmarks.suites.scale import COLD_PAGE_AT, MEMORY_AT
from scripts.benchmarks.suites.warm import (
    ANSWER,
    MEMORY_WITH_API,
    WARM_CACHED,
    WARM_FILTERED,
    WARM_NOT_MODIFIED,
    WARM_RENDERED,
)

# The commit before the site served pages without a framework and read listings from the snapshot.
BEFORE = "a78c834"

_LARGE, _LARGEST = SIZES[1:]
_CONSTANT = Metric(ANSWER, CONSTANT)
_SMALL_PAGE = Metric(COLD_PAGE_AT[DEFAULT_SIZE])


@dataclass(frozen=True, slots=True)
class Target:
    """A measurement of ours with its maximum, or the maximal ratio to another figure."""

    label: str
    measured: str
    divisor: Metric | None
    maximum: float

    def value(self, metrics: Mapping[Metric, float], side: str) -> float | None:
        """Return the figure of a side, None if something was not measured.

        A divisor that is ours is that of the side itself.
        """
        metric = Metric(self.measured, side)
        divisor = self._divisor_of(side)
        if metric not in metrics or (divisor and divisor not in metrics):
            return None
        return metrics[metric] / (metrics[divisor] if divisor else 1)

    @property
    def revision(self) -> str:
        """The revision that the ratio is to, "" for most targets."""
        return BEFORE if self.divisor and self.divisor.candidate == BEFORE else ""

    def _divisor_of(self, side: str) -> Metric | None:
        is_own = self.divisor and self.divisor.candidate == OURS
        return self.divisor._replace(candidate=side) if self.divisor and is_own else self.divisor


def _cold_targets() -> Iterator[Target]:
    yield Target(f"cold page ÷ {FASTAPI}", COLD_PAGE, Metric(COLD_PAGE, FASTAPI), 0.2)
    yield Target(f"cold page ÷ {FLASK}", COLD_PAGE, Metric(COLD_PAGE, FLASK), 0.32)
    yield Target("cold page ÷ the floor", COLD_PAGE, Metric(COLD_PAGE, FLOOR), 1.7)
    yield Target("cold card ÷ cold page", COLD_CARD, Metric(COLD_PAGE), 1.25)


def _warm_targets() -> Iterator[Target]:
    for label, measured, maximum in (
        ("warm page, cached", WARM_CACHED, 0.35),
        ("warm page, 304", WARM_NOT_MODIFIED, 0.3),
        ("warm page, rendered", WARM_RENDERED, 15),
        (f"filtered explorer, {DEFAULT_SIZE} models", WARM_FILTERED, 60),
    ):
        yield Target(f"{label} ÷ Mangum + Starlette’s constant", measured, _CONSTANT, maximum)


def _scale_targets() -> Iterator[Target]:
    for models, maximum in ((DEFAULT_SIZE, 0.15), (_LARGE, 0.08)):
        label, measured = f"first explorer, {models:,} models ÷ {BEFORE}", FIRST_VIEW_AT[models]
        yield Target(label, measured, Metric(measured, BEFORE), maximum)
    for models, maximum in ((_LARGE, 1.25), (_LARGEST, 3)):
        label = f"cold page, {models:,} models ÷ {DEFAULT_SIZE}"
        yield Target(label, COLD_PAGE_AT[models], _SMALL_PAGE, maximum)
    yield Target(f"memory, {_LARGEST:,} models, MB", MEMORY_AT[_LARGEST], None, 150)
    yield Target(
        f"memory, warm, with the JSON API, {DEFAULT_SIZE} models, MB", MEMORY_WITH_API, None, 80
    )


def _card_targets() -> Iterator[Target]:
    for rival, time, size in ((SATORI, 0.3, 0.36), (TAKUMI, 1, 0.6)):
        yield Target(f"card ÷ {rival}, time", CARD_TIME, Metric(CARD_TIME, rival), time)
        yield Target(f"card ÷ {rival}, bytes", CARD_BYTES, Metric(CARD_BYTES, rival), size)


def _refresh_targets() -> Iterator[Target]:
    for metric, maximum in (
        (REFRESH_SECONDS_AT[DEFAULT_SIZE], 1.1),
        (REFRESH_PEAK_AT[DEFAULT_SIZE], 72),
        (REFRESH_PEAK_AT[_LARGE], 300),
    ):
        yield Target(metric, metric, None, maximum)


TARGETS = (
    *_cold_targets(),
    *_warm_targets(),
    *_scale_targets(),
    *_card_targets(),
    *_refresh_targets(),
    # Of the artifact before its packages were reviewed.
    Target("artifact, unpacked, MB", UNPACKED, None, 59.7),
    Target("artifact, zip, MB", ZIPPED, None, 31.1),
)


def evaluate(metrics: Mapping[Metric, float], revisions: Sequence[str] = ()) -> Table:
    """Return a table of the targets that these metrics can judge, with the figures of revisions.

    A target that compares with a revision stands in it all the same, and says what it needs.
    """
    rows = [row for target in TARGETS if (row := _row(target, metrics, revisions))]
    return Table("Targets", "", ("target", "at most", OURS, *revisions, ""), rows)


def _row(
    target: Target, metrics: Mapping[Metric, float], revisions: Sequence[str]
) -> tuple[str, ...] | None:
    if Metric(target.measured) not in metrics:
        return None
    value = target.value(metrics, OURS)
    if value is None:
        if not target.revision:
            return None
        verdict, cell = f"needs --against {target.revision}", ""
    else:
        verdict = "met" if value <= target.maximum else "not met"
        cell = format_number(value)
    others = (target.value(metrics, revision) for revision in revisions)
    cells = ("" if other is None else format_number(other) for other in others)
    return target.label, f"{target.maximum:g}", cell, *cells, verdict
