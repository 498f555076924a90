"""The table of a comparison: a row for each of two to five models, its values right-aligned."""

from collections.abc import Iterator, Sequence
from itertools import chain

from handler.web.cards.content.card_content import Stat, TableRow
from handler.web.cards.drawing.elements import CAP_HEIGHT, Element, Pill, Rectangle, place_text
from handler.web.cards.palette import ACCENT_RAMP, INK_RAMP, RULE_RAMP, SOFT_RAMP
from handler.web.cards.text.fonts import Style
from handler.web.cards.text.line_breaking import SizeStep, fit_text, largest_fitting_size
from handler.web.cards.text.shaping import shape_line

_BOTTOM = 545
_HEAD_GAP = 18
_MAX_ROW_HEIGHT = 132
_COLUMN_WIDTH = 188
_GAP = 28
_CELL_WIDTH = _COLUMN_WIDTH - _GAP
_HEAD_SIZES = (32, 30, 28, 26)
_NAME_SIZES = (64, 58, 52, 47, 42, 37)
_VALUE_SIZES = (60, 54, 48, 42, 37, 32, 28)
_MAX_SIZE_IN_ROW = 0.62
_MARK_PADDING = 20


def place_table(
    columns: Sequence[Stat], rows: Sequence[TableRow], left: int, right: int, top: int
) -> list[Element]:
    """Return the head and, from `top` on, the rows, each above a rule.

    All names are at one size, and all values too.
    """
    row_height = min(_MAX_ROW_HEIGHT, (_BOTTOM - top) // len(rows))
    name_width = right - left - len(columns) * _COLUMN_WIDTH - _GAP
    names = [(row.name, name_width) for row in rows]
    cells = [_cells(row, len(columns)) for row in rows]
    max_size = row_height * _MAX_SIZE_IN_ROW
    name_size = largest_fitting_size(names, Style.TITLE, _NAME_SIZES, max_size)
    value_size = largest_fitting_size(chain(*cells), Style.STRONG, _VALUE_SIZES, max_size)
    elements: list[Element] = [*_head(columns, right, top - _HEAD_GAP), _rule(left, right, top)]
    for number, row in enumerate(rows):
        bottom = top + (number + 1) * row_height
        baseline = bottom - (row_height - name_size * CAP_HEIGHT) / 2
        name = fit_text(row.name, Style.TITLE, name_width, (SizeStep(name_size),))
        elements += place_text(name, left, baseline, INK_RAMP)
        if row.is_marked:
            elements.append(_mark(cells[number][-1][0], right, bottom, row_height, value_size))
        elements += _values(cells[number], right, baseline, value_size)
        elements.append(_rule(left, right, bottom))
    return elements


def _mark(value: str, right: int, bottom: int, row_height: int, size: int) -> Pill:
    """Return the outline of the last value of a row."""
    width = round(shape_line(value, Style.STRONG).width(size)) + 2 * _MARK_PADDING
    height = min(size + _MARK_PADDING, row_height - 6) // 2 * 2
    top = bottom - (row_height + height) // 2
    return Pill(max(width, height), height, right + _MARK_PADDING - width, top, ACCENT_RAMP)


def _head(columns: Sequence[Stat], right: int, baseline: int) -> Iterator[Element]:
    labels = [(column.label, _CELL_WIDTH) for column in columns]
    size = largest_fitting_size(labels, Style.TEXT, _HEAD_SIZES)
    for column, edge in zip(columns, _right_edges(len(columns), right), strict=True):
        head = fit_text(column.label, Style.TEXT, _CELL_WIDTH, (SizeStep(size),))
        yield from place_text(head, edge - head.width, baseline, SOFT_RAMP)


def _values(
    cells: Sequence[tuple[str, int]], right: int, baseline: float, size: int
) -> Iterator[Element]:
    for (value, width), edge in zip(cells, _right_edges(len(cells), right), strict=True):
        block = fit_text(value, Style.STRONG, width, (SizeStep(size),))
        yield from place_text(block, edge - block.width, baseline, INK_RAMP)


def _right_edges(columns: int, right: int) -> list[int]:
    """Return the right edges of the last columns, from left to right."""
    return [right - _COLUMN_WIDTH * number for number in reversed(range(columns))]


def _cells(row: TableRow, columns: int) -> list[tuple[str, int]]:
    """Return the values with their widths; the first spans the columns without a value."""
    widths = [_CELL_WIDTH] * len(row.values)
    widths[0] += _COLUMN_WIDTH * (columns - len(row.values))
    return list(zip(row.values, widths, strict=True))


def _rule(left: int, right: int, y: int) -> Rectangle:
    return Rectangle(right - left, 2, left, y, RULE_RAMP)
