"""The outline of a pill: a rectangle whose ends are half circles."""

from functools import lru_cache
from math import hypot

from handler.web.cards.drawing.canvas import CoverageMask

_STROKE = 2


@lru_cache(maxsize=64)
def pill_outline(width: int, height: int) -> CoverageMask:
    """Return the coverage of an outline of these outer sizes, the width at least the height."""
    edge, inside = b"\xff" * (width - height), bytes(width - height)
    rows = [
        left + (edge if min(row, height - 1 - row) < _STROKE else inside) + left[::-1]
        for row, left in enumerate(_left_end(height))
    ]
    return CoverageMask(0, 0, width, height, b"".join(rows))


@lru_cache(maxsize=4)
def _left_end(height: int) -> list[bytes]:
    """Return the rows of the left half circle, `height` // 2 pixels wide: the height is even."""
    radius = height / 2
    return [
        bytes(_coverage(radius, column + 0.5, row + 0.5) for column in range(height // 2))
        for row in range(height)
    ]


def _coverage(radius: float, x: float, y: float) -> int:
    """Return the coverage of a pixel by how far its center is from the middle of the stroke."""
    distance = abs(hypot(x - radius, y - radius) - (radius - _STROKE / 2))
    return round(255 * max(0.0, min(1.0, (_STROKE + 1) / 2 - distance)))
