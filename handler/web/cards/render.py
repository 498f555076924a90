"""From a face to the bytes of its picture."""

from handler.web.cards.content.card_content import CardContent
from handler.web.cards.drawing.canvas import HEIGHT, WIDTH, Canvas
from handler.web.cards.drawing.layout import layout
from handler.web.cards.drawing.png import encode
from handler.web.cards.palette import author_color, colours


def render_card(face: CardContent) -> bytes:
    """Return the card of a face as a PNG: the same bytes for the same face, 40 kB at most."""
    canvas = Canvas()
    for thing in layout(face):
        canvas.paint(thing.mask(), thing.x, thing.y, thing.ink)
    return encode(canvas.pixels, WIDTH, HEIGHT, colours(author_color(face.identicon_seed)))
