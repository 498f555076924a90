from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handler.web.cards.content.card_content import CardContent
from handler.web.cards.drawing.canvas import HEIGHT, WIDTH
from handler.web.cards.drawing.elements import (
    Element,
    IdenticonElement,
    Pill,
    Rectangle,
    TextElement,
)
from handler.web.cards.drawing.layout import LEFT, RIGHT, layout
from handler.web.cards.text.fonts import Style
from handler.web.cards.text.shaping import ShapedLine, shape_line
from tests.support.hostile.text import HOSTILE_TEXT
from tests.support.pages.card_contents import CARDS, card_with_text, sample_cards

Box = tuple[int, int, int, int]

# Pixels that a large glyph may reach out of its column: the tail of a J.
OVERHANG = 16
# KakaoTalk crops to 2:1: 15 pixels from the top and the bottom.
CROPPED = 15


def bounding_box(element: Element) -> Box:
    """Return the left, top, right and bottom edges of an element."""
    mask = element.mask()
    left, top = element.x + mask.left, element.y + mask.top
    return left, top, left + mask.width, top + mask.height


def overlap(one: Box, other: Box) -> bool:
    return max(one[0], other[0]) < min(one[2], other[2]) and max(one[1], other[1]) < min(
        one[3], other[3]
    )


def collisions(content: CardContent) -> list[tuple[Element, Element]]:
    """Return the elements that overlap, except lines of one block, whose leading is tight."""
    boxes = [(element, bounding_box(element)) for element in layout(content)]
    return [
        (one, other)
        for (one, box_one), (other, box_other) in combinations(boxes, 2)
        if overlap(box_one, box_other)
        and not _are_one_block(one, other)
        and not (isinstance(one, Pill) and _holds(box_one, box_other))
    ]


def _holds(pill: Box, other: Box) -> bool:
    """Return whether an outline holds another box without touching it."""
    return pill[0] < other[0] and pill[1] < other[1] and other[2] < pill[2] and other[3] < pill[3]


def _are_one_block(one: Element, other: Element) -> bool:
    return (
        isinstance(one, TextElement)
        and isinstance(other, TextElement)
        and (one.x, one.size) == (other.x, other.size)
    )


def outside(content: CardContent) -> list[Element]:
    """Return the elements that leave the card, and text that leaves the margins."""
    return [
        element
        for element in layout(content)
        for left, top, right, bottom in [bounding_box(element)]
        if right > (RIGHT + OVERHANG if isinstance(element, TextElement) else WIDTH)
        or left < (LEFT - OVERHANG if isinstance(element, TextElement) else 0)
        or top < 0
        or bottom > HEIGHT
    ]


def cropped(content: CardContent) -> list[Element]:
    """Return the elements that a client cuts which crops a card, except the staff at its edge."""
    _staff, *elements = layout(content)
    return [
        element
        for element in elements
        for _, top, _, bottom in [bounding_box(element)]
        if top < CROPPED or bottom > HEIGHT - CROPPED
    ]


@pytest.mark.parametrize("name", CARDS)
def test_nothing_stands_where_clients_crop_a_card(name: str) -> None:
    assert cropped(CARDS[name]) == []


@pytest.mark.parametrize("name", CARDS)
def test_elements_neither_overlap_nor_leave_the_margins(name: str) -> None:
    assert collisions(CARDS[name]) == []
    assert outside(CARDS[name]) == []


def test_elements_of_no_sample_card_overlap() -> None:
    cards = list(sample_cards())

    assert len(cards) > 500
    assert [c.title for c in cards if collisions(c) or outside(c) or cropped(c)] == []


@given(st.text(max_size=80) | st.sampled_from(sorted(HOSTILE_TEXT.values())))
def test_any_text_stays_within_the_margins(text: str) -> None:
    for element in _texts(card_with_text(text)):
        assert element.x >= LEFT - OVERHANG
        assert element.x + element.line.width(element.size) <= RIGHT + OVERHANG


def test_plain_title_replaces_an_undrawable_title() -> None:
    unknown = CardContent(title="\U00012000\U00012001 x", plain_title="acme/one")

    assert shape_line("acme/one", Style.TITLE) in _lines(unknown)
    assert shape_line("Dolphin 🐬", Style.TITLE) in _lines(CardContent("Dolphin 🐬", "acme/one"))


def test_card_has_the_authors_identicon_and_the_sites_logo() -> None:
    identicons = [e.author for e in layout(CARDS["model"]) if isinstance(e, IdenticonElement)]

    assert identicons == ["nousresearch", ""]


def test_values_share_one_baseline_and_one_size() -> None:
    lines = [shape_line(value, Style.STRONG) for value in ("$1", "$3", "131K")]
    values = [text for text in _texts(CARDS["model"]) if text.line in lines]

    assert len(values) == 3
    assert len({(value.y, value.size) for value in values}) == 1


def test_table_has_common_sizes_and_a_rule_below_each_row() -> None:
    card = CARDS["comparison"]
    names = [shape_line(row.name, Style.TITLE) for row in card.rows]
    values = [shape_line(value, Style.STRONG) for row in card.rows for value in row.values]
    rules = [e for e in layout(card) if isinstance(e, Rectangle) and e.width == RIGHT - LEFT]

    for lines in (names, values):
        assert len({text.size for text in _texts(card) if text.line in lines}) == 1
    assert len(rules) == 4


def _texts(content: CardContent) -> list[TextElement]:
    return [element for element in layout(content) if isinstance(element, TextElement)]


def _lines(content: CardContent) -> list[ShapedLine]:
    return [text.line for text in _texts(content)]
