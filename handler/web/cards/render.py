"""Renders the content of a card as a PNG."""

from handler.web.cards.content.card_content import CardContent
from handler.web.cards.drawing.canvas import HEIGHT, WIDTH, Canvas
from handler.web.cards.drawing.layout import layout
from handler.web.cards.drawing.png import encode
from handler.web.cards.palette import author_color, build_palette


def render_card(content: CardContent) -> bytes:
    """Return the PNG of a card, 40 kB at most. Equal content gives equal bytes."""
    canvas = Canvas()
    for element in layout(content):
        canvas.paint(element.mask(), element.x, element.y, element.ramp)
    palette = build_palette(author_color(content.identicon_seed), is_greyed=content.is_greyed)
    return encode(canvas.scanlines(), WIDTH, HEIGHT, palette)
