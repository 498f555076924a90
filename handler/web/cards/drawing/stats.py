"""The large figures in a row: labels, values and units, all on common baselines."""

from collections.abc import Sequence

from handler.web.cards.content.card_content import Stat
from handler.web.cards.drawing.elements import TextElement, place_text
from handler.web.cards.palette import SOFT, SOLID
from handler.web.cards.text.fonts import Style
from handler.web.cards.text.line_breaking import SizeStep, fit_text
from handler.web.cards.text.shaping import shape_line

_LABEL_BASELINE = 424
_VALUE_BASELINE = 516
_LABEL_STEPS = (SizeStep(34), SizeStep(30), SizeStep(26), SizeStep(22))
_VALUE_SIZES = (88, 80, 72, 64, 56, 48, 40)
_UNIT_SHARE = 0.4
_UNIT_GAP = 10
_COLUMN_GAP = 36


def figures(shown: Sequence[Stat], left: int, width: int) -> list[TextElement]:
    """Return up to three figures in columns of equal width, their values of one size."""
    if not shown:
        return []
    pitch = (width + _COLUMN_GAP) // len(shown)
    room = pitch - _COLUMN_GAP
    size = next((size for size in _VALUE_SIZES if _fit(shown, size, room)), _VALUE_SIZES[-1])
    columns = (_column(figure, left + i * pitch, room, size) for i, figure in enumerate(shown))
    return [text for column in columns for text in column]


def _fit(shown: Sequence[Stat], size: int, room: int) -> bool:
    return all(
        shape_line(figure.value, Style.FIGURE).width(size) + _unit_width(figure, size) <= room
        for figure in shown
    )


def _unit_width(figure: Stat, size: int) -> float:
    """Return the pixels that a unit takes behind a value of a size, with the gap before it."""
    unit = shape_line(figure.unit, Style.TEXT).width(round(size * _UNIT_SHARE))
    return unit and unit + _UNIT_GAP


def _column(figure: Stat, left: int, room: int, size: int) -> list[TextElement]:
    label = fit_text(figure.label, Style.TEXT, room, _LABEL_STEPS)
    unit = fit_text(figure.unit, Style.TEXT, room // 2, (SizeStep(round(size * _UNIT_SHARE)),))
    value_room = room - int(unit.width) - _UNIT_GAP if unit.lines else room
    value = fit_text(figure.value, Style.FIGURE, value_room, (SizeStep(size),))
    return [
        *place_text(label, left, _LABEL_BASELINE, SOFT),
        *place_text(value, left, _VALUE_BASELINE, SOLID),
        *place_text(unit, left + value.width + _UNIT_GAP, _VALUE_BASELINE, SOFT),
    ]
