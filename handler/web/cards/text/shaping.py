"""Lines of text as placed glyphs, and as coverage to paint."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import uharfbuzz as hb

from handler.web.cards.drawing.canvas import CoverageMask
from handler.web.cards.text.bidi import Run, visual_runs
from handler.web.cards.text.fonts import EM, Style, Typeface
from handler.web.cards.text.graphemes import drop_undrawable, split_graphemes

_NOTHING = CoverageMask(0, 0, 0, 0, b"")
_KANA = range(0x3040, 0x3100)


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph of a font, placed in units of an EM of the size from the start of the baseline."""

    font: hb.Font
    number: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class ShapedLine:
    """One shaped line of any size. `advance` is its length in units of an EM of the size."""

    glyphs: tuple[Glyph, ...]
    advance: int

    def width(self, size: float) -> float:
        """Return the length in pixels at a size in pixels."""
        return self.advance * size / EM

    def shape(self, size: float) -> CoverageMask:
        """Return the coverage at a size in pixels, from the start of the baseline."""
        scale = size / EM
        pen = hb.RasterDraw()
        for glyph in self.glyphs:
            pen.transform = (scale, 0, 0, scale, glyph.x * scale, glyph.y * scale)
            pen.draw_glyph(glyph.font, glyph.number)
        return _from_the_top(pen.render())


@lru_cache(maxsize=1024)
def shape_line(text: str, style: Style) -> ShapedLine:
    """Return a line in a style, each part in its direction and in a font that has it."""
    glyphs: list[Glyph] = []
    advance = 0
    for run in visual_runs(drop_undrawable(text, style)):
        for typeface, part in _parts(run, style):
            placed, advance = _placed(typeface, part, run.right_to_left, advance)
            glyphs += placed
    return ShapedLine(tuple(glyphs), advance)


def _parts(run: Run, style: Style) -> list[tuple[Typeface, str]]:
    """Return the parts of a run that one font draws, from left to right."""
    parts = [
        (typeface, "".join(cluster.text for cluster in group))
        for typeface, group in groupby(
            split_graphemes(run.text, style), lambda cluster: cluster.typeface
        )
    ]
    return parts[::-1] if run.right_to_left else parts


def _placed(
    typeface: Typeface, text: str, right_to_left: bool, start: int
) -> tuple[list[Glyph], int]:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction = "rtl" if right_to_left else "ltr"
    # Not the machine's, which would be guessed.
    buffer.language = _language(text)
    buffer.guess_segment_properties()
    hb.shape(typeface.font, buffer)
    glyphs, x = [], start
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions or (), strict=True):
        place = (x + position.x_offset, position.y_offset)
        glyphs.append(Glyph(typeface.font, info.codepoint, *place))
        x += position.x_advance
    return glyphs, x


def _language(text: str) -> str:
    """Return what decides the forms of Han characters: Japanese beside kana, else Chinese."""
    return "ja" if any(ord(character) in _KANA for character in text) else "zh-hans"


def _from_the_top(image: hb.RasterImage | None) -> CoverageMask:
    """Return an image whose rows come from the bottom; spaces have none, or one without rows."""
    if image is None or not image.extents.height:
        return _NOTHING
    box, rows = image.extents, image.buffer
    starts = range((box.height - 1) * box.stride, -1, -box.stride)
    coverage = b"".join(rows[start : start + box.width] for start in starts)
    return CoverageMask(box.x_origin, -box.y_origin - box.height, box.width, box.height, coverage)
