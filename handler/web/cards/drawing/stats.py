"""The row of stats: labels above large values with small units, on common baselines."""

from collections.abc import Sequence

from handler.web.cards.content.card_content import Stat
from handler.web.cards.drawing.elements import TextElement, place_text
from handler.web.cards.palette import INK_RAMP, SOFT_RAMP
from handler.web.cards.text.fonts import Style
from handler.web.cards.text.line_breaking import SizeStep, fit_text, largest_fitting_size
from handler.web.cards.text.shaping import shape_line

_LABEL_BASELINE = 418
_VALUE_BASELINE = 504
_LABEL_SIZES = (32, 30, 28, 25)
_VALUE_SIZES = (76, 72, 64, 56, 48, 40)
_UNIT_SCALE = 0.4
_UNIT_GAP = 10
_COLUMN_GAP = 36


def place_stats(stats: Sequence[Stat], left: int, width: int) -> list[TextElement]:
    """Return up to three stats in columns of equal width, all labels and all values at one size."""
    if not stats:
        return []
    pitch = (width + _COLUMN_GAP) // len(stats)
    column_width = pitch - _COLUMN_GAP
    fitting = (size for size in _VALUE_SIZES if all(_width(s, size) <= column_width for s in stats))
    size = next(fitting, _VALUE_SIZES[-1])
    labels = [(_short_label(stat), column_width) for stat in stats]
    label_size = largest_fitting_size(labels, Style.TEXT, _LABEL_SIZES)
    return [
        text
        for number, stat in enumerate(stats)
        for text in _column(stat, left + number * pitch, column_width, (label_size, size))
    ]


def _short_label(stat: Stat) -> str:
    """Return "Context" for "Context, tokens": the value shows what is counted."""
    return stat.label.partition(", ")[0]


def _width(stat: Stat, size: int) -> float:
    """Return the width of a value at a size, with its unit and the gap between them."""
    unit_width = shape_line(stat.unit, Style.TEXT).width(round(size * _UNIT_SCALE))
    gap = _UNIT_GAP if unit_width else 0
    return shape_line(stat.value, Style.STRONG).width(size) + unit_width + gap


def _column(stat: Stat, left: int, width: int, sizes: tuple[int, int]) -> list[TextElement]:
    label_size, size = sizes
    label = fit_text(_short_label(stat), Style.TEXT, width, (SizeStep(label_size),))
    unit = fit_text(stat.unit, Style.TEXT, width // 2, (SizeStep(round(size * _UNIT_SCALE)),))
    value_width = width - int(unit.width) - _UNIT_GAP if unit.lines else width
    value = fit_text(stat.value, Style.STRONG, value_width, (SizeStep(size),))
    return [
        *place_text(label, left, _LABEL_BASELINE, SOFT_RAMP),
        *place_text(value, left, _VALUE_BASELINE, INK_RAMP),
        *place_text(unit, left + value.width + _UNIT_GAP, _VALUE_BASELINE, SOFT_RAMP),
    ]
