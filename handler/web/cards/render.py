"""From a face to the bytes of its picture."""

from handler.web.cards.content.card_content import Face
from handler.web.cards.drawing.canvas import HEIGHT, WIDTH, Canvas
from handler.web.cards.drawing.layout import layout
from handler.web.cards.drawing.png import encode
from handler.web.cards.palette import colours, dye_of


def draw(face: Face) -> bytes:
    """Return the card of a face as a PNG: the same bytes for the same face, 40 kB at most."""
    canvas = Canvas()
    for thing in layout(face):
        canvas.paint(thing.shape(), thing.x, thing.y, thing.ink)
    return encode(canvas.pixels, WIDTH, HEIGHT, colours(dye_of(face.burgee)))
