"""The elements of a card, each with its position in pixels and its color ramp."""

from typing import NamedTuple

from handler.web.cards.drawing.canvas import CoverageMask
from handler.web.cards.drawing.identicon import author_identicon
from handler.web.cards.drawing.pill import pill_outline
from handler.web.cards.text.line_breaking import Block
from handler.web.cards.text.shaping import ShapedLine

# Distance of baselines and height of a capital in the title's font, as fractions of the size.
LEADING = 1.06
CAP_HEIGHT = 0.67


class TextElement(NamedTuple):
    """A line of text at a size in pixels; `x` and `y` are the start of its baseline."""

    line: ShapedLine
    size: int
    x: int
    y: int
    ramp: bytes

    def mask(self) -> CoverageMask:
        """Return the coverage of the glyphs."""
        return self.line.rasterize(self.size)


class IdenticonElement(NamedTuple):
    """An author's identicon, or the site's logo for ""; `x` and `y` are its upper left corner."""

    author: str
    height: int
    x: int
    y: int
    ramp: bytes

    def mask(self) -> CoverageMask:
        """Return the coverage of the identicon."""
        return author_identicon(self.author, self.height)


class Rectangle(NamedTuple):
    """A filled rectangle; `x` and `y` are its upper left corner."""

    width: int
    height: int
    x: int
    y: int
    ramp: bytes

    def mask(self) -> CoverageMask:
        """Return full coverage."""
        return CoverageMask(0, 0, self.width, self.height, b"\xff" * (self.width * self.height))


class Pill(NamedTuple):
    """An outline with round ends; `x` and `y` are its upper left corner."""

    width: int
    height: int
    x: int
    y: int
    ramp: bytes

    def mask(self) -> CoverageMask:
        """Return the coverage of the outline."""
        return pill_outline(self.width, self.height)


Element = TextElement | IdenticonElement | Rectangle | Pill


def place_text(block: Block, x: float, baseline: float, ramp: bytes) -> list[TextElement]:
    """Return the lines of a block from a left edge down, the first on a baseline."""
    pitch = block.size * LEADING
    return [
        TextElement(line, block.size, round(x), round(baseline + number * pitch), ramp)
        for number, line in enumerate(block.lines)
    ]


def block_height(block: Block) -> float:
    """Return the pixels from the top of the first line's capitals to the last baseline."""
    return block.size * (CAP_HEIGHT + (len(block.lines) - 1) * LEADING)
