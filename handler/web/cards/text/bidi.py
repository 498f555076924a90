"""The reading order of one line: which parts run from right to left, and where they stand.

The implicit rules of Unicode's bidirectional algorithm (UAX #9, W1 to W7, N1, N2, I1, I2, L2).
Explicit marks are not in a line: the text has been through `handler.domain.text.one_line`.
"""

from dataclasses import dataclass
from itertools import groupby
from unicodedata import bidirectional

_STRONG = {"L": "L", "R": "R", "AL": "R"}
_NUMBERS = frozenset({"EN", "AN"})


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that are read in one direction, in their logical order."""

    text: str
    right_to_left: bool


def visual_runs(text: str) -> list[Run]:
    """Return the runs of a line from left to right as they stand in it."""
    kinds = [bidirectional(character) for character in text]
    if not {"R", "AL", "AN"} & set(kinds):
        return [Run(text, False)] if text else []
    levels = _levels(kinds)
    runs = [
        (level, "".join(text[index] for index in indices))
        for level, indices in groupby(range(len(text)), levels.__getitem__)
    ]
    return [Run(part, bool(level % 2)) for level, part in _reordered(runs)]


def _levels(kinds: list[str]) -> list[int]:
    """Return the depth of each character: odd ones run from right to left."""
    base = next((_STRONG[kind] for kind in kinds if kind in _STRONG), "L")
    resolved = _without_neutrals(_with_numbers(kinds, base), base)
    if base == "R":
        return [1 if kind == "R" else 2 for kind in resolved]
    return [{"L": 0, "R": 1}.get(kind, 2) for kind in resolved]


def _with_numbers(kinds: list[str], base: str) -> list[str]:
    """Return L, R, EN, AN or ON for each: the weak rules, W1 to W7."""
    resolved: list[str] = []
    strong = base
    for index, kind in enumerate(kinds):
        before = resolved[-1] if resolved else base
        after = kinds[index + 1] if index + 1 < len(kinds) else "ON"
        if kind == "NSM" or (kind in ("ES", "CS") and before in _NUMBERS and after in _NUMBERS):
            kind = before
        elif kind == "ET" and (before == "EN" or after == "EN"):
            kind = "EN"
        elif kind in _STRONG:
            kind = strong = _STRONG[kind]
        elif kind not in _NUMBERS:
            kind = "ON"
        resolved.append("L" if kind == "EN" and strong == "L" else kind)
    return resolved


def _without_neutrals(kinds: list[str], base: str) -> list[str]:
    """Return the kinds with neutrals going along with equal neighbours, else with the line."""
    resolved: list[str] = []
    before = base
    groups = [(kind, len(list(group))) for kind, group in groupby(kinds)]
    for index, (kind, length) in enumerate(groups):
        after = _side(groups[index + 1][0]) if index + 1 < len(groups) else base
        if kind == "ON":
            kind = before if before == after else base
        resolved += [kind] * length
        before = _side(kind)
    return resolved


def _side(kind: str) -> str:
    """Return the direction that a neighbour sees: numbers count as right to left."""
    return "L" if kind == "L" else "R"


def _reordered(runs: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return the runs as they stand: every stretch above each depth turned, deepest first (L2)."""
    for depth in range(max((level for level, _ in runs), default=0), 0, -1):
        runs = _turned(runs, depth)
    return runs


def _turned(runs: list[tuple[int, str]], depth: int) -> list[tuple[int, str]]:
    turned: list[tuple[int, str]] = []
    for deep, stretch in groupby(runs, lambda run: run[0] >= depth):
        parts = list(stretch)
        turned += reversed(parts) if deep else parts
    return turned
