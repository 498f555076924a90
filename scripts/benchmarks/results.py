"""What a part of the measurement found: tables for readers, and the figures that targets judge."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

K = TypeVar("K")
T = TypeVar("T")

OURS = "ours"


class NotMeasured(Exception):
    """A part cannot be measured here; the message says what is missing, or what went wrong."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table under a title, with a sentence on what was done."""

    title: str
    about: str
    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Results:
    """The tables of a part, and its figures by what they are of, such as "cold page, ours"."""

    tables: Sequence[Table] = ()
    figures: Mapping[str, float] = field(default_factory=dict)


def interleaved(
    tasks: Mapping[K, Callable[[], T]], runs: int, warm_up: int = 1
) -> dict[K, list[T]]:
    """Return what each task gave, run in turns: what else the machine does then hits all alike.

    The first turns warm the disk's cache and count for nothing.
    """
    given: dict[K, list[T]] = {name: [] for name in tasks}
    for turn in range(warm_up + runs):
        for name, task in tasks.items():
            result = task()
            if turn >= warm_up:
                given[name].append(result)
    return given


def figure(value: float) -> str:
    """Return a number with three digits that count, such as "0.071", "7.13" or "1,141"."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if value < 10 else f"{value:.1f}"
