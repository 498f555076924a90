"""Identicons: a swallowtail shape with a pattern for each author, or plain as the site's logo.

Shapes are polygons on a field of 20 by 14 units, the view box of the logo in the pages' header.
The rasterizer is anti-aliased: horizontal coverage is exact, vertical has four samples a pixel.
"""

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from math import cos, pi, sin

from handler.web.cards.drawing.canvas import CoverageMask
from handler.web.cards.palette import stable_choice

_FIELD_WIDTH = 20
_FIELD_HEIGHT = 14
_SUBROWS = 4
_TINT = 0.25
# Found by trial: the authors with the most models get different patterns.
_SALT = "pattern 1139"

Point = tuple[float, float]
Polygon = tuple[Point, ...]


def _tail(y: float) -> Point:
    """Return the point of the notched right edge at a height."""
    return 14 + 6 * abs(y - 7) / 7, y


def _box(left: float, top: float, right: float, bottom: float) -> Polygon:
    return (left, top), (right, top), (right, bottom), (left, bottom)


def _stripe(top: float, bottom: float) -> Polygon:
    """Return a stripe of full length, notched where it crosses the middle."""
    notch = (_tail(7),) if top < 7 < bottom else ()
    return (0, top), _tail(top), *notch, _tail(bottom), (0, bottom)


_OUTLINE: Polygon = ((0, 0), _tail(0), _tail(7), _tail(14), (0, 14))
_DISC: Polygon = tuple(
    (7 + 3.7 * cos(step * pi / 16), 7 + 3.7 * sin(step * pi / 16)) for step in range(32)
)
_CROSS: Polygon = (
    *((5, 0), (8, 0), (8, 5.5), _tail(5.5), _tail(7), _tail(8.5), (8, 8.5)),
    *((8, 14), (5, 14), (5, 8.5), (0, 8.5), (0, 5.5), (5, 5.5)),
)

# Each pattern is drawn on the outline in a tint of the author's color.
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


def identicon_width(height: int) -> int:
    """Return the width in pixels of an identicon of this height."""
    return round(_FIELD_WIDTH * height / _FIELD_HEIGHT)


def author_identicon(author: str, height: int) -> CoverageMask:
    """Return the identicon of an author at this height in pixels, the site's logo for ""."""
    pattern = _PATTERNS[stable_choice(_SALT, author, len(_PATTERNS))] if author else ()
    return _identicon(pattern, height)


@lru_cache(maxsize=64)
def _identicon(pattern: tuple[Polygon, ...], height: int) -> CoverageMask:
    width = identicon_width(height)
    whole = _fill((_OUTLINE,), width, height)
    field = _fill((_OUTLINE, *pattern), width, height)
    tinted = (round(_TINT * w + (1 - _TINT) * f) for w, f in zip(whole, field, strict=True))
    return CoverageMask(0, 0, width, height, bytes(tinted))


def _fill(polygons: Iterable[Polygon], width: int, height: int) -> bytes:
    """Return the coverage of polygons by the even-odd rule: patterns are holes in the outline."""
    scale = height / _FIELD_HEIGHT
    edges = [
        tuple((x * scale, y * scale * _SUBROWS) for x, y in edge)
        for polygon in polygons
        for edge in pairwise((*polygon, polygon[0]))
    ]
    return b"".join(_fill_row(edges, row, width) for row in range(height))


def _fill_row(edges: Iterable[tuple[Point, ...]], row: int, width: int) -> bytes:
    """Return the coverage of a row of pixels, as the running sum of its changes."""
    changes = [0.0] * (width + 2)
    for subrow in range(row * _SUBROWS, (row + 1) * _SUBROWS):
        for number, x in enumerate(_crossings(edges, subrow + 0.5)):
            sign = -1 if number % 2 else 1
            pixel = min(int(x), width)
            changes[pixel] += sign * (1 - (x - pixel))
            changes[pixel + 1] += sign * (x - pixel)
    row_coverage, total = bytearray(), 0.0
    for change in changes[:width]:
        total += change
        row_coverage.append(max(0, min(255, round(total * 255 / _SUBROWS))))
    return bytes(row_coverage)


def _crossings(edges: Iterable[tuple[Point, ...]], y: float) -> list[float]:
    """Return the positions, from left to right, where edges cross a horizontal line."""
    return sorted(
        x1 + (y - y1) * (x2 - x1) / (y2 - y1)
        for (x1, y1), (x2, y2) in edges
        if (y1 <= y) != (y2 <= y)
    )
