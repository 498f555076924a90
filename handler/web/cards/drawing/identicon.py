"""Identicons: a swallowtail shape with a pattern for each author, or plain as the site's logo.

Shapes are polygons on a field of 20 by 14 units, the view box of the logo in the pages' header.
The rasterizer is anti-aliased: horizontal coverage is exact, vertical has four samples a pixel.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
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
    outline, field = _edges((_OUTLINE,), height), _edges((_OUTLINE, *pattern), height)
    rows = (
        _tint_row(_coverage_steps(outline, row), _coverage_steps(field, row), width)
        for row in range(height)
    )
    return CoverageMask(0, 0, width, height, b"".join(rows))


def _edges(polygons: Iterable[Polygon], height: int) -> list[tuple[Point, ...]]:
    """Return the edges of polygons in pixels across and subrows down."""
    scale = height / _FIELD_HEIGHT
    return [
        tuple((x * scale, y * scale * _SUBROWS) for x, y in edge)
        for polygon in polygons
        for edge in pairwise((*polygon, polygon[0]))
    ]


def _coverage_steps(edges: Iterable[tuple[Point, ...]], row: int) -> Mapping[int, float]:
    """Return where the coverage of a row of pixels changes, and by how many subrows.

    By the even-odd rule: patterns are holes in the outline.
    """
    steps: dict[int, float] = defaultdict(float)
    for subrow in range(row * _SUBROWS, (row + 1) * _SUBROWS):
        for number, x in enumerate(_crossings(edges, subrow + 0.5)):
            sign = -1 if number % 2 else 1
            pixel = int(x)
            steps[pixel] += sign * (1 - (x - pixel))
            steps[pixel + 1] += sign * (x - pixel)
    return steps


def _tint_row(
    outline_steps: Mapping[int, float], field_steps: Mapping[int, float], width: int
) -> bytes:
    """Return a row of pixels: full coverage in the field, a tint in the rest of the outline."""
    row, start, value = bytearray(), 0, 0
    outline = field = 0.0
    for pixel in sorted({*outline_steps, *field_steps}):
        row += bytes((value,)) * (min(pixel, width) - start)
        start = min(pixel, width)
        outline += outline_steps.get(pixel, 0)
        field += field_steps.get(pixel, 0)
        value = round(_TINT * _to_byte(outline) + (1 - _TINT) * _to_byte(field))
    return bytes(row + bytes((value,)) * (width - start))


def _to_byte(subrows: float) -> int:
    """Return the coverage from 0 to 255 of a pixel by how many of its subrows are covered."""
    return max(0, min(255, round(subrows * 255 / _SUBROWS)))


def _crossings(edges: Iterable[tuple[Point, ...]], y: float) -> list[float]:
    """Return the positions, from left to right, where edges cross a horizontal line."""
    return sorted(
        x1 + (y - y1) * (x2 - x1) / (y2 - y1)
        for (x1, y1), (x2, y2) in edges
        if (y1 <= y) != (y2 <= y)
    )
