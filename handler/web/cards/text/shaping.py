"""Text shaping with HarfBuzz: from a line of text to positioned glyphs and their coverage."""

from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

import uharfbuzz as hb

from handler.web.cards.drawing.canvas import CoverageMask
from handler.web.cards.text.bidi import Run, visual_runs
from handler.web.cards.text.fonts import EM, Style, Typeface
from handler.web.cards.text.graphemes import drop_undrawable, split_graphemes

_KANA = range(0x3040, 0x3100)


class Glyph(NamedTuple):
    """A glyph of a typeface, by its number, and its position on the line in font units."""

    typeface: Typeface
    number: int
    x: int
    y: int


class ShapedLine(NamedTuple):
    """A shaped line, for any size. `advance` is its length in font units, see `EM`."""

    glyphs: tuple[Glyph, ...]
    advance: int

    def width(self, size: float) -> float:
        """Return the length in pixels at a size in pixels."""
        return self.advance * size / EM

    def rasterize(self, size: float) -> CoverageMask:
        """Return the coverage at a size in pixels; its origin is the start of the baseline."""
        scale = size / EM
        pen = hb.RasterDraw()
        for glyph in self.glyphs:
            x = glyph.x * scale
            if not glyph.typeface.has_joined_letters:
                # At whole pixels, equal letters are equal in the PNG, and compress better.
                x = round(x)
            # Downwards, as masks have their rows.
            pen.transform = (scale, 0, 0, -scale, x, -glyph.y * scale)
            pen.draw_glyph(glyph.typeface.font, glyph.number)
        return _coverage_mask(pen.render())


@lru_cache(maxsize=1024)
def shape_line(text: str, style: Style) -> ShapedLine:
    """Return a line in a style, its runs in visual order and in fonts that have their glyphs."""
    glyphs: list[Glyph] = []
    advance = 0
    for run in visual_runs(drop_undrawable(text, style)):
        for typeface, part in _split_by_typeface(run, style):
            placed, advance = _shape(typeface, part, run.right_to_left, advance)
            glyphs += placed
    return ShapedLine(tuple(glyphs), advance)


def _split_by_typeface(run: Run, style: Style) -> list[tuple[Typeface, str]]:
    """Return the parts of a run that share a typeface, from left to right."""
    graphemes = split_graphemes(run.text, style)
    parts = [
        (typeface, "".join(grapheme.text for grapheme in group))
        for typeface, group in groupby(graphemes, lambda grapheme: grapheme.typeface)
    ]
    return parts[::-1] if run.right_to_left else parts


def _shape(
    typeface: Typeface, text: str, right_to_left: bool, start: int
) -> tuple[list[Glyph], int]:
    """Return the glyphs of a text from a position on, and the position after them."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction = "rtl" if right_to_left else "ltr"
    # Set before the guess of the other properties, which would take the language of the machine.
    # It decides the forms of Han characters.
    is_japanese = any(ord(character) in _KANA for character in text)
    buffer.language = "ja" if is_japanese else "zh-hans"
    buffer.guess_segment_properties()
    hb.shape(typeface.font, buffer)
    glyphs, x = [], start
    for info, at in zip(buffer.glyph_infos, buffer.glyph_positions or (), strict=True):
        glyphs.append(Glyph(typeface, info.codepoint, x + at.x_offset, at.y_offset))
        x += at.x_advance
    return glyphs, x


def _coverage_mask(image: hb.RasterImage | None) -> CoverageMask:
    # A line of spaces has no image, or one without rows.
    if image is None or not image.extents.height:
        return CoverageMask(0, 0, 0, 0, b"")
    box = image.extents
    # Rows are padded to the stride with pixels without coverage.
    return CoverageMask(box.x_origin, box.y_origin, box.stride, box.height, image.buffer)
