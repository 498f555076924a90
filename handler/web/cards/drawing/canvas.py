"""The pixels of a card: one palette index each, painted through coverage."""

from dataclasses import dataclass, field

from handler.web.rendering.metadata import CARD_HEIGHT, CARD_WIDTH

WIDTH, HEIGHT = CARD_WIDTH, CARD_HEIGHT


@dataclass(frozen=True, slots=True)
class CoverageMask:
    """A rectangle of coverage, 0 to 255, rows from the top, placed relative to an origin.

    The origin of text is the start of its baseline, that of a flag its upper left corner.
    """

    left: int
    top: int
    width: int
    height: int
    coverage: bytes


@dataclass(frozen=True, slots=True)
class Canvas:
    """1200 by 630 pixels of paper to paint on."""

    pixels: bytearray = field(default_factory=lambda: bytearray(WIDTH * HEIGHT))

    def paint(self, shape: CoverageMask, x: int, y: int, ink: bytes) -> None:
        """Paint a shape with its origin at a pixel, in an ink of the palette; cut at the edges."""
        left, top = x + shape.left, y + shape.top
        first, last = max(0, -left), min(shape.width, WIDTH - left)
        if last <= first:
            return
        painted = shape.coverage.translate(ink)
        for row in range(max(0, -top), min(shape.height, HEIGHT - top)):
            source = row * shape.width
            self._lay((top + row) * WIDTH + left + first, painted[source + first : source + last])

    def _lay(self, start: int, row: bytes) -> None:
        """Lay a row over what is there: the stronger pixel stays, as where letters touch."""
        below = self.pixels[start : start + len(row)]
        if any(below):
            row = bytes(map(max, below, row))
        self.pixels[start : start + len(row)] = row
