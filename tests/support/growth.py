"""How the processor time of some work grows with its input, whatever else the machine does."""

import gc
from collections.abc import Callable
from time import thread_time
from typing import Any

_RUNS = 5
_FACTOR = 16
# Less cannot be told from noise.
_MIN_SECONDS = 0.0005
_SHORT_SECONDS = 0.02


def growth(work: Callable[[Any], object], make: Callable[[int], Any], size: int) -> float:
    """Return the processor time of sixteen times an input of a size, as a multiple of its own.

    Linear work gives about 16, quadratic work 256. The least of some runs counts: a busy machine
    only adds time, and the time that other threads and processes use is not counted.
    """
    small, large = make(size), make(_FACTOR * size)
    return _seconds(work, large) / max(_MIN_SECONDS, _seconds(work, small))


def least_seconds(work: Callable[[Any], object], value: Any) -> float:
    """Return the least processor time of three runs, of one if that is short."""
    first = _once(work, value)
    return first if first < _SHORT_SECONDS else min(first, *(_once(work, value) for _ in range(2)))


def _seconds(work: Callable[[Any], object], value: Any) -> float:
    gc.disable()
    try:
        return min(_once(work, value) for _ in range(_RUNS))
    finally:
        gc.enable()


def _once(work: Callable[[Any], object], value: Any) -> float:
    start = thread_time()
    work(value)
    return thread_time() - start
