"""The row of stats: labels above large values with small units, on common baselines."""

from collections.abc import Sequence

from handler.web.cards.content.card_content import Stat
from handler.web.cards.drawing.elements import TextElement, place_text
from handler.web.cards.palette import INK_RAMP, SOFT_RAMP
from handler.web.cards.text.fonts import Style
from handler.web.cards.text.line_breaking import SizeStep, fit_text
from handler.web.cards.text.shaping import shape_line

_LABEL_BASELINE = 424
_VALUE_BASELINE = 516
_LABEL_STEPS = (SizeStep(34), SizeStep(30), SizeStep(26), SizeStep(22))
_VALUE_SIZES = (88, 80, 72, 64, 56, 48, 40)
_UNIT_SCALE = 0.4
_UNIT_GAP = 10
_COLUMN_GAP = 36


def place_stats(stats: Sequence[Stat], left: int, width: int) -> list[TextElement]:
    """Return up to three stats in columns of equal width, all values at one size."""
    if not stats:
        return []
    pitch = (width + _COLUMN_GAP) // len(stats)
    column_width = pitch - _COLUMN_GAP
    fitting = (size for size in _VALUE_SIZES if all(_width(s, size) <= column_width for s in stats))
    size = next(fitting, _VALUE_SIZES[-1])
    return [
        text
        for number, stat in enumerate(stats)
        for text in _column(stat, left + number * pitch, column_width, size)
    ]


def _width(stat: Stat, size: int) -> float:
    """Return the width of a value at a size, with its unit and the gap between them."""
    unit_width = shape_line(stat.unit, Style.TEXT).width(round(size * _UNIT_SCALE))
    gap = _UNIT_GAP if unit_width else 0
    return shape_line(stat.value, Style.STRONG).width(size) + unit_width + gap


def _column(stat: Stat, left: int, width: int, size: int) -> list[TextElement]:
    label = fit_text(stat.label, Style.TEXT, width, _LABEL_STEPS)
    unit = fit_text(stat.unit, Style.TEXT, width // 2, (SizeStep(round(size * _UNIT_SCALE)),))
    value_width = width - int(unit.width) - _UNIT_GAP if unit.lines else width
    value = fit_text(stat.value, Style.STRONG, value_width, (SizeStep(size),))
    return [
        *place_text(label, left, _LABEL_BASELINE, SOFT_RAMP),
        *place_text(value, left, _VALUE_BASELINE, INK_RAMP),
        *place_text(unit, left + value.width + _UNIT_GAP, _VALUE_BASELINE, SOFT_RAMP),
    ]
