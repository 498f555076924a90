"""Bidirectional text: splits a line into runs of one direction, in visual order.

The implicit rules of the Unicode bidirectional algorithm (UAX #9: P2, P3, W1 to W7, N0 to N2, I1,
I2, L2). A line is one isolating run: it has no explicit marks, which
`handler.domain.text.collapse_whitespace` removed.
"""

import re
from itertools import groupby
from typing import NamedTuple
from unicodedata import bidirectional, category, mirrored, name, normalize

_STRONG = {"L": "L", "R": "R", "AL": "R"}
# N0 counts numbers as R, as N1 does.
_DIRECTIONS = {"L": "L", "R": "R", "EN": "R", "AN": "R"}
_NUMBERS = frozenset({"EN", "AN"})
_MAX_OPEN_BRACKETS = 63
# Four of 64 pairs, Tibetan, Ogham and mathematical ones, have no side in their names: not paired.
_SIDE = re.compile(r"\b(LEFT|RIGHT)\b")


class Run(NamedTuple):
    """Characters of one direction, in logical order."""

    text: str
    right_to_left: bool


def visual_runs(text: str) -> list[Run]:
    """Return the runs of a line from left to right."""
    types = [bidirectional(character) for character in text]
    if not {"R", "AL", "AN"} & set(types):
        return [Run(text, False)] if text else []
    levels = embedding_levels(text, types)
    runs = [
        (level, "".join(text[index] for index in indices))
        for level, indices in groupby(range(len(text)), levels.__getitem__)
    ]
    return [Run(part, bool(level % 2)) for level, part in _reorder(runs)]


def embedding_levels(text: str, types: list[str], base: str | None = None) -> list[int]:
    """Return the embedding level of each character (I1, I2): odd levels run right to left.

    `types` are bidirectional classes; `base` is the line's direction, L or R, else that of the
    first strong character (P2, P3).
    """
    base = base or next((_STRONG[kind] for kind in types if kind in _STRONG), "L")
    weak = _resolve_numbers(types, base)
    resolved = _resolve_neutral(_resolve_brackets(text, types, weak, base), base)
    if base == "R":
        return [1 if kind == "R" else 2 for kind in resolved]
    return [{"L": 0, "R": 1}.get(kind, 2) for kind in resolved]


def _resolve_numbers(types: list[str], base: str) -> list[str]:
    """Return L, R, EN, AN or ON for each character (W1 to W7)."""
    numbers = _join_separators(_classify_digits(_resolve_marks(types, base), base))
    resolved: list[str] = []
    strong = base
    for kind in _join_terminators(numbers):
        kind = _STRONG.get(kind, kind if kind in _NUMBERS else "ON")  # W6
        strong = kind if kind in ("L", "R") else strong
        resolved.append("L" if kind == "EN" and strong == "L" else kind)  # W7
    return resolved


def _resolve_marks(types: list[str], base: str) -> list[str]:
    """Return types with nonspacing marks as the character before them (W1)."""
    resolved: list[str] = []
    for kind in types:
        resolved.append((resolved[-1] if resolved else base) if kind == "NSM" else kind)
    return resolved


def _classify_digits(types: list[str], base: str) -> list[str]:
    """Return types with European digits after Arabic letters as Arabic numbers (W2)."""
    resolved: list[str] = []
    strong = base
    for kind in types:
        strong = kind if kind in _STRONG else strong
        resolved.append("AN" if kind == "EN" and strong == "AL" else kind)
    return resolved


def _join_separators(types: list[str]) -> list[str]:
    """Return types with a separator between two numbers of one type as that type (W4)."""
    resolved = list(types)
    for index in range(1, len(types) - 1):
        before, kind, after = resolved[index - 1], types[index], types[index + 1]
        if before == after and (
            (kind == "CS" and before in _NUMBERS) or (kind, before) == ("ES", "EN")
        ):
            resolved[index] = before
    return resolved


def _join_terminators(types: list[str]) -> list[str]:
    """Return types with terminators, such as "$", beside a European number as part of it (W5)."""
    resolved: list[str] = []
    groups = [(kind, len(list(group))) for kind, group in groupby(types)]
    for index, (kind, length) in enumerate(groups):
        neighbours = [
            each for each, _ in (*groups[max(0, index - 1) : index], *groups[index + 1 : index + 2])
        ]
        resolved += ["EN" if kind == "ET" and "EN" in neighbours else kind] * length
    return resolved


def _resolve_brackets(text: str, types: list[str], weak: list[str], base: str) -> list[str]:
    """Return types with pairs of brackets in the direction of their content or context (N0)."""
    resolved = list(weak)
    for opening, closing in _bracket_pairs(text, resolved):
        inside = {_DIRECTIONS.get(kind) for kind in resolved[opening + 1 : closing]} - {None}
        if not inside:
            continue
        before = (_DIRECTIONS.get(kind) for kind in reversed(resolved[:opening]))
        context = next(filter(None, before), base)
        direction = base if base in inside else context
        for bracket in (opening, closing):
            _set_bracket(resolved, types, bracket, direction)
    return resolved


def _set_bracket(resolved: list[str], types: list[str], index: int, direction: str) -> None:
    """Set the type of a bracket, and of the marks on it."""
    resolved[index] = direction
    for mark in range(index + 1, len(types)):
        if types[mark] != "NSM":
            break
        resolved[mark] = direction


def _bracket_pairs(text: str, types: list[str]) -> list[tuple[int, int]]:
    """Return the positions of paired brackets, by the opening one (BD16)."""
    pairs: list[tuple[int, int]] = []
    open_brackets: list[tuple[str, int]] = []
    for index, character in enumerate(text):
        if types[index] != "ON" or not mirrored(character):
            continue
        kind = category(character)
        if kind == "Ps":
            if len(open_brackets) == _MAX_OPEN_BRACKETS:
                return []
            open_brackets.append((_bracket_name(character), index))
        elif kind == "Pe":
            wanted = _bracket_name(character)
            found = [n for n, (each, _) in enumerate(open_brackets) if each == wanted]
            if found:
                pairs.append((open_brackets[found[-1]][1], index))
                del open_brackets[found[-1] :]
    return sorted(pairs)


def _bracket_name(bracket: str) -> str:
    """Return what both brackets of a pair have in common: "PARENTHESIS" for "(" and ")"."""
    return _SIDE.sub("", name(normalize("NFD", bracket)))


def _resolve_neutral(types: list[str], base: str) -> list[str]:
    """Return neutral characters with the direction of both neighbours, else the line's (N1, N2)."""
    resolved: list[str] = []
    before = base
    groups = [(kind, len(list(group))) for kind, group in groupby(types)]
    for index, (kind, length) in enumerate(groups):
        if kind == "ON":
            after = _DIRECTIONS[groups[index + 1][0]] if index + 1 < len(groups) else base
            kind = before if before == after else base
        resolved += [kind] * length
        before = _DIRECTIONS[kind]
    return resolved


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
