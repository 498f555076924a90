"""A comparison as a table of two to five models, its numbers flush right in their columns."""

from collections.abc import Sequence

from handler.web.cards.content.card_content import Stat, TableRow
from handler.web.cards.drawing.elements import (
    CAP_HEIGHT,
    Element,
    Rectangle,
    TextElement,
    place_text,
    place_text_right,
)
from handler.web.cards.palette import LINE, SOFT, SOLID
from handler.web.cards.text.fonts import Style
from handler.web.cards.text.line_breaking import SizeStep, fit_text, largest_fitting_size

_HEAD_BASELINE = 186
_TOP = 206
_BOTTOM = 541
_TALLEST_ROW = 132
_COLUMN_WIDTH = 188
_GAP = 28
_HEAD_STEPS = (SizeStep(32), SizeStep(26))
_NAME_SIZES = (64, 58, 52, 47, 42, 37, 32)
_VALUE_SIZES = (60, 54, 48, 42, 37, 32, 28)
_TALLEST_TEXT = 0.7


def table(
    columns: Sequence[Stat], rows: Sequence[TableRow], left: int, right: int
) -> list[Element]:
    """Return the head and the rows, with a rule below each; names in one size, values in one."""
    height = min(_TALLEST_ROW, (_BOTTOM - _TOP) // len(rows))
    name_room = right - left - len(columns) * _COLUMN_WIDTH - _GAP
    names = [(row.name, name_room) for row in rows]
    values = [cell for row in rows for cell in _cells(row, len(columns))]
    name_size = largest_fitting_size(names, Style.TITLE, _up_to(height, _NAME_SIZES))
    value_size = largest_fitting_size(values, Style.FIGURE, _up_to(height, _VALUE_SIZES))
    rights = [right - _COLUMN_WIDTH * i for i in reversed(range(len(columns)))]
    things: list[Element] = [*_head(columns, rights), _rule(left, right, _TOP)]
    for number, row in enumerate(rows):
        bottom = _TOP + (number + 1) * height
        baseline = bottom - (height - name_size * CAP_HEIGHT) / 2
        name = fit_text(row.name, Style.TITLE, name_room, (SizeStep(name_size),))
        things += [
            *place_text(name, left, baseline, SOLID),
            *_values(row, rights, baseline, value_size),
            _rule(left, right, bottom),
        ]
    return things


def _head(columns: Sequence[Stat], rights: Sequence[int]) -> list[TextElement]:
    room = _COLUMN_WIDTH - _GAP
    texts: list[TextElement] = []
    for column, edge in zip(columns, rights, strict=True):
        head = fit_text(f"{column.label} {column.unit}", Style.TEXT, room, _HEAD_STEPS)
        texts += place_text_right(head, edge, _HEAD_BASELINE, SOFT)
    return texts


def _values(row: TableRow, rights: Sequence[int], baseline: float, size: int) -> list[TextElement]:
    cells = _cells(row, len(rights))
    texts: list[TextElement] = []
    for (value, room), edge in zip(cells, rights[-len(cells) :], strict=True):
        texts += place_text_right(
            fit_text(value, Style.FIGURE, room, (SizeStep(size),)), edge, baseline, SOLID
        )
    return texts


def _cells(row: TableRow, columns: int) -> list[tuple[str, int]]:
    """Return the values with their rooms; where there are fewer than columns, the first spans."""
    rooms = [_COLUMN_WIDTH - _GAP] * len(row.values)
    rooms[0] += _COLUMN_WIDTH * (columns - len(row.values))
    return list(zip(row.values, rooms, strict=True))


def _rule(left: int, right: int, y: int) -> Rectangle:
    return Rectangle(right - left, 2, left, y, LINE)


def _up_to(height: int, sizes: Sequence[int]) -> Sequence[int]:
    return [size for size in sizes if size <= height * _TALLEST_TEXT] or sizes[-1:]
