"""What a card is made of, each thing in its place. Lengths are pixels, inks from the palette."""

from dataclasses import dataclass

from handler.web.cards.drawing.canvas import Shape
from handler.web.cards.drawing.identicon import burgee
from handler.web.cards.text.line_breaking import Block
from handler.web.cards.text.shaping import Line

# As shares of the size: from baseline to baseline, and the height of a capital in the title's font.
LEADING = 1.06
CAP_HEIGHT = 0.67


@dataclass(frozen=True, slots=True)
class Text:
    """A line of a size in pixels; `x` and `y` are the start of its baseline."""

    line: Line
    size: int
    x: int
    y: int
    ink: bytes

    def shape(self) -> Shape:
        """Return what to paint at its place."""
        return self.line.shape(self.size)


@dataclass(frozen=True, slots=True)
class Flag:
    """An author's flag, or the site's for ""; `x` and `y` are its upper left corner."""

    author: str
    height: int
    x: int
    y: int
    ink: bytes

    def shape(self) -> Shape:
        """Return what to paint at its place."""
        return burgee(self.author, self.height)


@dataclass(frozen=True, slots=True)
class Bar:
    """A filled rectangle; `x` and `y` are its upper left corner."""

    width: int
    height: int
    x: int
    y: int
    ink: bytes

    def shape(self) -> Shape:
        """Return what to paint at its place."""
        return Shape(0, 0, self.width, self.height, b"\xff" * (self.width * self.height))


Thing = Text | Flag | Bar


def written(block: Block, x: float, baseline: float, ink: bytes) -> list[Text]:
    """Return the lines of a block from a left edge, the first of them on a baseline."""
    return [
        Text(line, block.size, round(x), round(baseline + number * block.size * LEADING), ink)
        for number, line in enumerate(block.lines)
    ]


def written_to(block: Block, right: float, baseline: float, ink: bytes) -> list[Text]:
    """Return a block of one line up to a right edge."""
    return written(block, right - block.width, baseline, ink)


def height_of(block: Block) -> float:
    """Return the pixels from the tops of its capitals to its last baseline."""
    return block.size * (CAP_HEIGHT + (len(block.lines) - 1) * LEADING)
