"""Flags: the site's plain one, and a pattern for every author.

A burgee tells one boat who another is. Drawn on a field of 20 by 14 like the logo in the pages'
header, smoothed by exact horizontal and fourfold vertical coverage.
"""

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from math import cos, pi, sin

from handler.web.cards.drawing.canvas import CoverageMask
from handler.web.cards.palette import stable_choice

FIELD_WIDTH = 20
FIELD_HEIGHT = 14

_SUBROWS = 4
_TINT = 0.25
_SALT = "pattern 1139"

Point = tuple[float, float]
Polygon = tuple[Point, ...]


def _fly(y: float) -> Point:
    """Return where a row meets the swallowtail's edge."""
    return 14 + 6 * abs(y - 7) / 7, y


def _box(left: float, top: float, right: float, bottom: float) -> Polygon:
    return (left, top), (right, top), (right, bottom), (left, bottom)


def _stripe(top: float, bottom: float) -> Polygon:
    """Return a stripe from the hoist to the fly, notched where it crosses the middle."""
    notch = (_fly(7),) if top < 7 < bottom else ()
    return (0, top), _fly(top), *notch, _fly(bottom), (0, bottom)


_OUTLINE: Polygon = ((0, 0), _fly(0), _fly(7), _fly(14), (0, 14))
_DISC: Polygon = tuple(
    (7 + 3.7 * cos(step * pi / 16), 7 + 3.7 * sin(step * pi / 16)) for step in range(32)
)
_CROSS: Polygon = (
    *((5, 0), (8, 0), (8, 5.5), _fly(5.5), _fly(7), _fly(8.5), (8, 8.5)),
    *((8, 14), (5, 14), (5, 8.5), (0, 8.5), (0, 5.5), (5, 5.5)),
)

# What is sewn into an author's flag, in a tint of its colour.
_PATTERNS: tuple[tuple[Polygon, ...], ...] = (
    (_stripe(4.7, 9.3),),
    (_stripe(3, 5.4), _stripe(8.6, 11)),
    (_box(5, 0, 9, 14),),
    (_box(3.5, 0, 6, 14), _box(8.5, 0, 11, 14)),
    (_CROSS,),
    (_DISC,),
    (((7, 2.2), (11.8, 7), (7, 11.8), (2.2, 7)),),
    (((2, 2), (15.6, 2), (11.4, 7), (15.6, 12), (2, 12)),),
    (((0, 1), (8, 7), (0, 13)),),
    (_box(3.6, 3.9, 9.8, 10.1),),
)


def author_identicon(author: str, height: int) -> CoverageMask:
    """Return an author's flag of this height in pixels, or the site's for ""."""
    pattern = stable_choice(_SALT, author, len(_PATTERNS)) if author else None
    return _flag(pattern, height)


@lru_cache(maxsize=64)
def _flag(pattern: int | None, height: int) -> CoverageMask:
    width = round(FIELD_WIDTH * height / FIELD_HEIGHT)
    whole = _filled((_OUTLINE,), width, height)
    field = whole if pattern is None else _filled((_OUTLINE, *_PATTERNS[pattern]), width, height)
    tinted = (round(_TINT * w + (1 - _TINT) * f) for w, f in zip(whole, field, strict=True))
    return CoverageMask(0, 0, width, height, bytes(tinted))


def _filled(polygons: Iterable[Polygon], width: int, height: int) -> bytes:
    """Return the coverage of what lies in an odd number of the polygons."""
    scale = height / FIELD_HEIGHT
    edges = [
        tuple((x * scale, y * scale * _SUBROWS) for x, y in edge)
        for polygon in polygons
        for edge in pairwise((*polygon, polygon[0]))
    ]
    return b"".join(_row(edges, row, width) for row in range(height))


def _row(edges: Iterable[tuple[Point, ...]], row: int, width: int) -> bytes:
    """Return the coverage of a row of pixels: even-odd, as differences along it, then summed."""
    changes = [0.0] * (width + 2)
    for subrow in range(row * _SUBROWS, (row + 1) * _SUBROWS):
        for turn, x in enumerate(_crossings(edges, subrow + 0.5)):
            sign = -1 if turn % 2 else 1
            whole = min(int(x), width)
            changes[whole] += sign * (1 - (x - whole))
            changes[whole + 1] += sign * (x - whole)
    covered, total = bytearray(), 0.0
    for change in changes[:width]:
        total += change
        covered.append(max(0, min(255, round(total * 255 / _SUBROWS))))
    return bytes(covered)


def _crossings(edges: Iterable[tuple[Point, ...]], y: float) -> list[float]:
    return sorted(
        x1 + (y - y1) * (x2 - x1) / (y2 - y1)
        for (x1, y1), (x2, y2) in edges
        if (y1 <= y) != (y2 <= y)
    )
