"""Results of a benchmark suite: tables for readers, and the metrics that thresholds judge."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

K = TypeVar("K")
T = TypeVar("T")

OURS = "ours"


class NotMeasured(Exception):
    """A suite cannot run; the message says what is missing or what failed."""


class Metric(NamedTuple):
    """A figure of one candidate: what was measured, such as "cold page", and the candidate."""

    measured: str
    candidate: str = OURS

    @property
    def label(self) -> str:
        """Both, as "cold page, ours"."""
        return f"{self.measured}, {self.candidate}"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a title, and a sentence on how it was measured."""

    title: str
    method: str
    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Results:
    """The tables of a suite, and the metrics that thresholds judge."""

    tables: Sequence[Table] = ()
    metrics: Mapping[Metric, float] = field(default_factory=dict)


def interleave(tasks: Mapping[K, Callable[[], T]], runs: int, warm_up: int = 1) -> dict[K, list[T]]:
    """Return the results of each task. Tasks take turns, so that other load affects all alike.

    The first `warm_up` turns fill the disk cache, and are not counted.
    """
    results: dict[K, list[T]] = {name: [] for name in tasks}
    for turn in range(warm_up + runs):
        for name, task in tasks.items():
            result = task()
            if turn >= warm_up:
                results[name].append(result)
    return results


def format_number(value: float) -> str:
    """Return a number with three significant digits, such as "0.071", "7.13" or "1,141"."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if value < 10 else f"{value:.1f}"
