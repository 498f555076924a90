"""Where things stand on a card: a staff with a burgee, a title, and figures or a table.

A chat shows a card at a quarter of its size: what has to be read there is set in 80 pixels and
more. All text but the author's name begins at one left edge, the staff stands outside of it.
"""

from handler.domain.text import collapse_whitespace
from handler.web.cards.content.card_content import CardContent
from handler.web.cards.drawing.canvas import HEIGHT
from handler.web.cards.drawing.elements import (
    CAP_HEIGHT,
    Element,
    IdenticonElement,
    Rectangle,
    TextElement,
    block_height,
    place_text,
    place_text_right,
)
from handler.web.cards.drawing.figures import figures
from handler.web.cards.drawing.identicon import FIELD_HEIGHT, FIELD_WIDTH
from handler.web.cards.drawing.table import table
from handler.web.cards.palette import ACCENT, ALERT, LINE, SOFT, SOLID
from handler.web.cards.text.fonts import Style
from handler.web.cards.text.graphemes import MAX_TEXT_CHARACTERS, drop_undrawable
from handler.web.cards.text.line_breaking import SizeStep, fit_text

LEFT = 120
RIGHT = 1136
WIDTH = RIGHT - LEFT

_STAFF = Rectangle(8, HEIGHT, 60, 0, ACCENT)
_FLAG_TOP = 48
_FLAG_HEIGHT = 84
_FLAG_RIGHT = _STAFF.x + _STAFF.width + _FLAG_HEIGHT * FIELD_WIDTH // FIELD_HEIGHT
_HEAD_BASELINE = 105
_KICKER_LEFT = _FLAG_RIGHT + 24
_KICKER_STEPS = (SizeStep(42), SizeStep(36), SizeStep(30))
_BADGE_STEPS = (SizeStep(34), SizeStep(28))
_BADGE_WIDTH = 460
_HEAD_GAP = 40

_TITLE_STEPS = (
    SizeStep(116),
    SizeStep(104),
    SizeStep(88, 2),
    SizeStep(76, 2),
    SizeStep(64, 3),
    SizeStep(54, 3),
)
_TITLE_MIDDLE = 252

_RULE = 372
_FOOT_BASELINE = 590
_FOOT_STEPS = (SizeStep(30), SizeStep(26), SizeStep(22))
_MARK_HEIGHT = 24
_MARK_GAP = 12


def layout(face: CardContent) -> list[Element]:
    """Return everything that a face shows, in its place."""
    if face.rows:
        body: list[Element] = [*table(face.columns, face.rows, LEFT, RIGHT)]
    else:
        rule = Rectangle(WIDTH, 2, LEFT, _RULE, LINE)
        body = [*_title(face), rule, *figures(face.stats, LEFT, WIDTH)]
    return [_STAFF, *_head(face), *body, *_foot(face)]


def _head(face: CardContent) -> list[Element]:
    flag = IdenticonElement(
        face.identicon_seed, _FLAG_HEIGHT, _STAFF.x + _STAFF.width, _FLAG_TOP, ACCENT
    )
    badge = fit_text(face.badge, Style.TEXT, _BADGE_WIDTH, _BADGE_STEPS)
    room = round(RIGHT - badge.width - _HEAD_GAP - _KICKER_LEFT)
    kicker = fit_text(face.kicker, Style.FIGURE, room, _KICKER_STEPS)
    return [
        flag,
        *place_text(kicker, _KICKER_LEFT, _HEAD_BASELINE, SOLID),
        *place_text_right(badge, RIGHT, _HEAD_BASELINE, ALERT if face.is_warning else ACCENT),
    ]


def _title(face: CardContent) -> list[TextElement]:
    """Return the title, its middle always at the same height."""
    title = face.title if _is_drawable(face.title) else face.plain_title
    set_title = fit_text(title, Style.TITLE, WIDTH, _TITLE_STEPS)
    height = block_height(set_title)
    first_baseline = _TITLE_MIDDLE - height / 2 + set_title.size * CAP_HEIGHT
    # A large serif's side bearing would make it look indented.
    return place_text(set_title, LEFT - set_title.size * 0.03, first_baseline, SOLID)


def _foot(face: CardContent) -> list[Element]:
    name = fit_text(face.site, Style.FIGURE, WIDTH // 4, _FOOT_STEPS)
    mark_width = _MARK_HEIGHT * FIELD_WIDTH // FIELD_HEIGHT
    mark_left = round(RIGHT - name.width - _MARK_GAP - mark_width)
    note = fit_text(face.footnote, Style.TEXT, mark_left - _HEAD_GAP - LEFT, _FOOT_STEPS)
    return [
        *place_text(note, LEFT, _FOOT_BASELINE, SOFT),
        IdenticonElement("", _MARK_HEIGHT, mark_left, _FOOT_BASELINE - _MARK_HEIGHT + 1, SOLID),
        *place_text_right(name, RIGHT, _FOOT_BASELINE, SOLID),
    ]


def _is_drawable(title: str) -> bool:
    """Return whether fonts have at least half of a title."""
    wanted = collapse_whitespace(title[:MAX_TEXT_CHARACTERS]).replace(" ", "")
    had = drop_undrawable(title, Style.TITLE).replace(" ", "")
    return bool(had) and len(had) * 2 >= len(wanted)
