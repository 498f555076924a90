"""Bidirectional text: splits a line into runs of one direction, in visual order.

The implicit rules of the Unicode bidirectional algorithm (UAX #9: W1 to W7, N1, N2, I1, I2, L2).
A line has no explicit marks: `handler.domain.text.collapse_whitespace` removed them.
"""

from itertools import groupby
from typing import NamedTuple
from unicodedata import bidirectional

_STRONG = {"L": "L", "R": "R", "AL": "R"}
_NUMBERS = frozenset({"EN", "AN"})


class Run(NamedTuple):
    """Characters of one direction, in logical order."""

    text: str
    right_to_left: bool


def visual_runs(text: str) -> list[Run]:
    """Return the runs of a line from left to right."""
    types = [bidirectional(character) for character in text]
    if not {"R", "AL", "AN"} & set(types):
        return [Run(text, False)] if text else []
    levels = _embedding_levels(types)
    runs = [
        (level, "".join(text[index] for index in indices))
        for level, indices in groupby(range(len(text)), levels.__getitem__)
    ]
    return [Run(part, bool(level % 2)) for level, part in _reorder(runs)]


def _embedding_levels(types: list[str]) -> list[int]:
    """Return the embedding level of each character (I1, I2): odd levels run right to left."""
    base = next((_STRONG[kind] for kind in types if kind in _STRONG), "L")
    resolved = _resolve_neutral(_resolve_weak(types, base), base)
    if base == "R":
        return [1 if kind == "R" else 2 for kind in resolved]
    return [{"L": 0, "R": 1}.get(kind, 2) for kind in resolved]


def _resolve_weak(types: list[str], base: str) -> list[str]:
    """Return L, R, EN, AN or ON for each character (W1 to W7)."""
    resolved: list[str] = []
    strong = base
    for index, kind in enumerate(types):
        before = resolved[-1] if resolved else base
        after = types[index + 1] if index + 1 < len(types) else "ON"
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


def _resolve_neutral(types: list[str], base: str) -> list[str]:
    """Return neutral characters with the direction of both neighbours, else the line's (N1, N2)."""
    resolved: list[str] = []
    before = base
    groups = [(kind, len(list(group))) for kind, group in groupby(types)]
    for index, (kind, length) in enumerate(groups):
        after = _direction(groups[index + 1][0]) if index + 1 < len(groups) else base
        if kind == "ON":
            kind = before if before == after else base
        resolved += [kind] * length
        before = _direction(kind)
    return resolved


def _direction(kind: str) -> str:
    """Return the direction of a type for its neutral neighbours: numbers count as R."""
    return "L" if kind == "L" else "R"


def _reorder(runs: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return runs in visual order (L2): sequences of each level are reversed, highest first."""
    for level in range(max((level for level, _ in runs), default=0), 0, -1):
        runs = _reverse_from(level, runs)
    return runs


def _reverse_from(level: int, runs: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return the runs with each sequence at this level or higher reversed."""
    reordered: list[tuple[int, str]] = []
    for is_reversed, group in groupby(runs, lambda run: run[0] >= level):
        sequence = list(group)
        reordered += reversed(sequence) if is_reversed else sequence
    return reordered
