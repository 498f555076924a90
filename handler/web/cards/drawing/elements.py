"""What a card is made of, each thing in its place. Lengths are pixels, inks from the palette."""

from dataclasses import dataclass

from handler.web.cards.drawing.canvas import CoverageMask
from handler.web.cards.drawing.identicon import author_identicon
from handler.web.cards.text.line_breaking import Block
from handler.web.cards.text.shaping import ShapedLine

# As shares of the size: from baseline to baseline, and the height of a capital in the title's font.
LEADING = 1.06
CAP_HEIGHT = 0.67


@dataclass(frozen=True, slots=True)
class TextElement:
    """A line of a size in pixels; `x` and `y` are the start of its baseline."""

    line: ShapedLine
    size: int
    x: int
    y: int
    ink: bytes

    def mask(self) -> CoverageMask:
        """Return what to paint at its place."""
        return self.line.shape(self.size)


@dataclass(frozen=True, slots=True)
class IdenticonElement:
    """An author's flag, or the site's for ""; `x` and `y` are its upper left corner."""

    author: str
    height: int
    x: int
    y: int
    ink: bytes

    def mask(self) -> CoverageMask:
        """Return what to paint at its place."""
        return author_identicon(self.author, self.height)


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A filled rectangle; `x` and `y` are its upper left corner."""

    width: int
    height: int
    x: int
    y: int
    ink: bytes

    def mask(self) -> CoverageMask:
        """Return what to paint at its place."""
        return CoverageMask(0, 0, self.width, self.height, b"\xff" * (self.width * self.height))


Element = TextElement | IdenticonElement | Rectangle


def place_text(block: Block, x: float, baseline: float, ink: bytes) -> list[TextElement]:
    """Return the lines of a block from a left edge, the first of them on a baseline."""
    return [
        TextElement(
            line, block.size, round(x), round(baseline + number * block.size * LEADING), ink
        )
        for number, line in enumerate(block.lines)
    ]


def place_text_right(block: Block, right: float, baseline: float, ink: bytes) -> list[TextElement]:
    """Return a block of one line up to a right edge."""
    return place_text(block, right - block.width, baseline, ink)


def block_height(block: Block) -> float:
    """Return the pixels from the tops of its capitals to its last baseline."""
    return block.size * (CAP_HEIGHT + (len(block.lines) - 1) * LEADING)
