"""The pixels of a card as PNG scanlines, and the coverage masks painted onto them."""

from binascii import unhexlify
from typing import NamedTuple

from handler.web.rendering.metadata import CARD_HEIGHT, CARD_WIDTH

WIDTH, HEIGHT = CARD_WIDTH, CARD_HEIGHT

# Each row begins with the two digits of its filter type. "None" suits flat areas in few colors.
_FILTER = b"00"
_STRIDE = len(_FILTER) + WIDTH
_PAPER = b"0"
_DIGITS = b"0123456789abcdef".ljust(256, b"f")


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
    """A canvas of paper, of the size of a card, in 16 colors.

    A pixel is stored as a hexadecimal digit, its palette index: `unhexlify` packs two of them into
    a byte without a loop in Python.
    """

    def __init__(self) -> None:
        self._digits = bytearray(_PAPER) * (_STRIDE * HEIGHT)

    def paint(self, mask: CoverageMask, x: int, y: int, ramp: bytes) -> None:
        """Paint a mask with its origin at a pixel, clipped at the edges.

        `ramp` is one of the palette's tables from coverage to index.
        """
        left, top = x + mask.left, y + mask.top
        columns = range(max(0, -left), min(mask.width, WIDTH - left))
        rows = range(max(0, -top), min(mask.height, HEIGHT - top))
        digits = mask.coverage.translate(ramp.translate(_DIGITS))
        # By lines of pixels, as few as possible: the staff is 8 columns, or 630 rows.
        if len(columns) < len(rows):
            for column in columns:
                line = digits[
                    rows.start * mask.width + column : rows.stop * mask.width : mask.width
                ]
                self._paint_line(line, left + column, top + rows.start, _STRIDE)
        else:
            for row in rows:
                start = row * mask.width
                line = digits[start + columns.start : start + columns.stop]
                self._paint_line(line, left + columns.start, top + row, 1)

    def _paint_line(self, digits: bytes, x: int, y: int, step: int) -> None:
        start = y * _STRIDE + len(_FILTER) + x
        pixels = slice(start, start + len(digits) * step, step)
        below = self._digits[pixels]
        if below != _PAPER * len(digits):
            # Where glyphs overlap, the higher index has the higher coverage.
            digits = bytes(map(max, below, digits))
        self._digits[pixels] = digits

    def scanlines(self) -> bytes:
        """Return the rows of a PNG of four bits a pixel, each after its filter type."""
        return unhexlify(self._digits)
