from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handler.web.cards.content.card_content import CardContent
from handler.web.cards.drawing.canvas import HEIGHT, WIDTH
from handler.web.cards.drawing.elements import Element, IdenticonElement, Rectangle, TextElement
from handler.web.cards.drawing.layout import LEFT, RIGHT, layout
from handler.web.cards.text.fonts import Style
from handler.web.cards.text.shaping import shape_line
from tests.support.card_contents import FACES, named, sample_faces
from tests.support.hostile.text import HOSTILE_TEXT

Box = tuple[int, int, int, int]

# How far a large letter may reach out of its column: the tail of a J.
OVERHANG = 16


def box(thing: Element) -> Box:
    """Return the left, top, right and bottom edges of a thing's ink."""
    shape = thing.mask()
    left, top = thing.x + shape.left, thing.y + shape.top
    return left, top, left + shape.width, top + shape.height


def share(one: Box, other: Box) -> bool:
    return max(one[0], other[0]) < min(one[2], other[2]) and max(one[1], other[1]) < min(
        one[3], other[3]
    )


def collisions(face: CardContent) -> list[tuple[Element, Element]]:
    """Return what touches. Lines of one block may reach into each other: theirs is the leading."""
    things = [(thing, box(thing)) for thing in layout(face)]
    return [
        (one, other)
        for (one, box_one), (other, box_other) in combinations(things, 2)
        if share(box_one, box_other) and not _of_one_block(one, other)
    ]


def _of_one_block(one: Element, other: Element) -> bool:
    return (
        isinstance(one, TextElement)
        and isinstance(other, TextElement)
        and (one.x, one.size) == (other.x, other.size)
    )


def outside(face: CardContent) -> list[Element]:
    """Return what reaches past the margins, and text past the staff."""
    return [
        thing
        for thing in layout(face)
        for left, top, right, bottom in [box(thing)]
        if right > (RIGHT + OVERHANG if isinstance(thing, TextElement) else WIDTH)
        or left < (LEFT - OVERHANG if isinstance(thing, TextElement) else 0)
        or top < 0
        or bottom > HEIGHT
    ]


@pytest.mark.parametrize("name", FACES)
def test_nothing_touches_and_nothing_leaves_the_margins(name: str) -> None:
    assert collisions(FACES[name]) == []
    assert outside(FACES[name]) == []


def test_nothing_touches_on_the_card_of_any_model_of_the_sample() -> None:
    faces = list(sample_faces())

    assert len(faces) > 500
    assert [face.title for face in faces if collisions(face) or outside(face)] == []


@given(st.text(max_size=80) | st.sampled_from(sorted(HOSTILE_TEXT.values())))
def test_no_text_reaches_into_a_column_beside_it(text: str) -> None:
    for thing in layout(named(text)):
        if isinstance(thing, TextElement):
            assert thing.x >= LEFT - OVERHANG
            assert thing.x + thing.line.width(thing.size) <= RIGHT + OVERHANG


def test_a_title_that_no_font_can_draw_gives_way_to_the_id() -> None:
    unknown = CardContent(title="\U00012000\U00012001 x", plain_title="acme/one")

    assert shape_line("acme/one", Style.TITLE) in _lines(unknown)
    assert shape_line("Dolphin 🐬", Style.TITLE) in _lines(CardContent("Dolphin 🐬", "acme/one"))


def test_the_flag_is_the_authors_and_the_mark_the_sites() -> None:
    flags = [
        thing.author for thing in layout(FACES["model"]) if isinstance(thing, IdenticonElement)
    ]

    assert flags == ["nousresearch", ""]


def test_figures_stand_on_one_baseline_in_one_size() -> None:
    texts = [thing for thing in layout(FACES["model"]) if isinstance(thing, TextElement)]
    values = [text for text in texts if text.line in map(_figure, ("$1", "$3", "131K"))]

    assert len(values) == 3
    assert len({(value.y, value.size) for value in values}) == 1


def test_a_table_has_one_size_of_names_and_one_of_values_and_a_rule_below_each_row() -> None:
    things = layout(FACES["comparison"])
    names = [shape_line(row.name, Style.TITLE) for row in FACES["comparison"].rows]
    values = [_figure(value) for row in FACES["comparison"].rows for value in row.values]

    for lines in (names, values):
        assert len({t.size for t in things if isinstance(t, TextElement) and t.line in lines}) == 1
    assert len([t for t in things if isinstance(t, Rectangle) and t.width == RIGHT - LEFT]) == 4


def _figure(text: str) -> object:
    return shape_line(text, Style.FIGURE)


def _lines(face: CardContent) -> list[object]:
    return [thing.line for thing in layout(face) if isinstance(thing, TextElement)]
