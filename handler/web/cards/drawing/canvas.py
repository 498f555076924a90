"""The pixels of a card, as palette indices, and the coverage masks painted onto them."""

from typing import NamedTuple

from handler.web.rendering.metadata import CARD_HEIGHT, CARD_WIDTH

WIDTH, HEIGHT = CARD_WIDTH, CARD_HEIGHT


class CoverageMask(NamedTuple):
    """A rectangle of coverage, one byte a pixel from 0 to 255, rows from the top.

    `left` and `top` are relative to an origin: the start of the baseline for text, the upper left
    corner for everything else.
    """

    left: int
    top: int
    width: int
    height: int
    coverage: bytes


class Canvas:
    """A canvas of paper, of the size of a card; `pixels` has one palette index a byte."""

    def __init__(self) -> None:
        self.pixels = bytearray(WIDTH * HEIGHT)

    def paint(self, mask: CoverageMask, x: int, y: int, ramp: bytes) -> None:
        """Paint a mask with its origin at a pixel, clipped at the edges.

        `ramp` is one of the palette's tables from coverage to index.
        """
        left, top = x + mask.left, y + mask.top
        first, last = max(0, -left), min(mask.width, WIDTH - left)
        if last <= first:
            return
        indices = mask.coverage.translate(ramp)
        for row in range(max(0, -top), min(mask.height, HEIGHT - top)):
            start = row * mask.width
            self._blend((top + row) * WIDTH + left + first, indices[start + first : start + last])

    def _blend(self, start: int, row: bytes) -> None:
        # Where glyphs overlap, the higher index has the higher coverage.
        below = self.pixels[start : start + len(row)]
        if any(below):
            row = bytes(map(max, below, row))
        self.pixels[start : start + len(row)] = row
