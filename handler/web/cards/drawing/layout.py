"""The layout of a card: a staff with an identicon, a title, and stats or a table.

Chats show a card at a quarter of its size: the most important text is set at 80 pixels and more.
Everything but the kicker and right-aligned text starts at one left edge, beside the staff.
"""

from collections.abc import Sequence

from handler.domain.text import collapse_whitespace
from handler.web.cards.content.card_content import CardContent
from handler.web.cards.drawing.canvas import HEIGHT
from handler.web.cards.drawing.chips import place_chips
from handler.web.cards.drawing.elements import (
    CAP_HEIGHT,
    Element,
    IdenticonElement,
    Rectangle,
    TextElement,
    block_height,
    place_text,
)
from handler.web.cards.drawing.identicon import identicon_width
from handler.web.cards.drawing.stats import place_stats
from handler.web.cards.drawing.table import place_table
from handler.web.cards.palette import ACCENT_RAMP, INK_RAMP, RULE_RAMP, SOFT_RAMP, WARNING_RAMP
from handler.web.cards.text.fonts import Style
from handler.web.cards.text.graphemes import MAX_TEXT_CHARACTERS, drop_undrawable
from handler.web.cards.text.line_breaking import SizeStep, fit_text

LEFT = 120
RIGHT = 1136
WIDTH = RIGHT - LEFT

_STAFF = Rectangle(8, HEIGHT, 60, 0, ACCENT_RAMP)
_IDENTICON_LEFT = _STAFF.x + _STAFF.width
_IDENTICON_TOP = 40
_IDENTICON_HEIGHT = 84
_HEAD_BASELINE = 97
_KICKER_LEFT = _IDENTICON_LEFT + identicon_width(_IDENTICON_HEIGHT) + 24
_KICKER_STEPS = (SizeStep(42), SizeStep(36), SizeStep(30))
_BADGE_STEPS = (SizeStep(34), SizeStep(30), SizeStep(28))
_BADGE_WIDTH = 540
_GAP = 40

_TITLE_STEPS = (
    SizeStep(104),
    SizeStep(96),
    SizeStep(86),
    SizeStep(72, 2),
    SizeStep(62, 2),
    SizeStep(52, 3),
)
_TITLE_TOP = 140
_TITLE_BOTTOM = 296

# The title above a table.
_HEADLINE_STEPS = (SizeStep(72), SizeStep(60, 2), SizeStep(52, 2), SizeStep(44, 3))
_HEADLINE_BOTTOM = 268
_TABLE_TOP = 206
_TABLE_BELOW_TITLE_TOP = 330

_CHIPS_TOP = 310
_RULE_TOP = 352
_METER_TOP = 532
_METER_HEIGHT = 8
_MARKER_WIDTH = 14
_MARKER_HEIGHT = 24
_FOOT_BASELINE = 594
_FOOT_STEPS = (SizeStep(30), SizeStep(27), SizeStep(25))
_LOGO_HEIGHT = 24
_LOGO_GAP = 12


def layout(content: CardContent) -> list[Element]:
    """Return all elements of a card, in the order of painting."""
    body = _table(content) if content.rows else _facts(content)
    return [_STAFF, *_head(content), *body, *_foot(content)]


def _table(content: CardContent) -> list[Element]:
    if not content.title:
        return place_table(content.columns, content.rows, LEFT, RIGHT, _TABLE_TOP)
    return [
        *_title(content, _HEADLINE_STEPS, _HEADLINE_BOTTOM),
        *place_table(content.columns, content.rows, LEFT, RIGHT, _TABLE_BELOW_TITLE_TOP),
    ]


def _facts(content: CardContent) -> list[Element]:
    rule = Rectangle(WIDTH, 2, LEFT, _RULE_TOP, RULE_RAMP)
    chips = place_chips(content.chips, LEFT, WIDTH, _CHIPS_TOP)
    return [
        *_title(content, _TITLE_STEPS, _TITLE_BOTTOM),
        *(chips or [rule]),
        *place_stats(content.stats, LEFT, WIDTH),
        *_meter(content.meter),
    ]


def _meter(percent: int | None) -> list[Element]:
    """Return a bar of all prices of a kind, the part below the model's, and a marker at it."""
    if percent is None:
        return []
    below = (WIDTH - _MARKER_WIDTH) * percent // 100
    marker_top = _METER_TOP - (_MARKER_HEIGHT - _METER_HEIGHT) // 2
    return [
        Rectangle(below, _METER_HEIGHT, LEFT, _METER_TOP, ACCENT_RAMP),
        Rectangle(_MARKER_WIDTH, _MARKER_HEIGHT, LEFT + below, marker_top, ACCENT_RAMP),
        Rectangle(
            WIDTH - below - _MARKER_WIDTH,
            _METER_HEIGHT,
            LEFT + below + _MARKER_WIDTH,
            _METER_TOP,
            RULE_RAMP,
        ),
    ]


def _head(content: CardContent) -> list[Element]:
    identicon = IdenticonElement(
        content.identicon_seed, _IDENTICON_HEIGHT, _IDENTICON_LEFT, _IDENTICON_TOP, ACCENT_RAMP
    )
    badge = fit_text(content.badge, Style.TEXT, _BADGE_WIDTH, _BADGE_STEPS)
    badge_ramp = WARNING_RAMP if content.is_warning else ACCENT_RAMP
    kicker_width = round(RIGHT - badge.width - _GAP - _KICKER_LEFT)
    kicker = fit_text(content.kicker, Style.STRONG, kicker_width, _KICKER_STEPS)
    return [
        identicon,
        *place_text(kicker, _KICKER_LEFT, _HEAD_BASELINE, INK_RAMP),
        *place_text(badge, RIGHT - badge.width, _HEAD_BASELINE, badge_ramp),
    ]


def _title(content: CardContent, steps: Sequence[SizeStep], bottom: int) -> list[TextElement]:
    """Return the title, centered between the head and `bottom` however many lines it has."""
    title = content.title if _is_drawable(content.title) else content.plain_title
    block = fit_text(title, Style.TITLE, WIDTH, steps)
    middle = (_TITLE_TOP + bottom) / 2
    baseline = middle - block_height(block) / 2 + block.size * CAP_HEIGHT
    # The side bearing of a large serif would make it look indented.
    return place_text(block, LEFT - block.size * 0.03, baseline, INK_RAMP)


def _foot(content: CardContent) -> list[Element]:
    site = fit_text(content.site, Style.STRONG, WIDTH // 4, _FOOT_STEPS)
    logo_left = round(RIGHT - site.width - _LOGO_GAP - identicon_width(_LOGO_HEIGHT))
    note = fit_text(content.footnote, Style.TEXT, logo_left - _GAP - LEFT, _FOOT_STEPS)
    return [
        *place_text(note, LEFT, _FOOT_BASELINE, SOFT_RAMP),
        IdenticonElement("", _LOGO_HEIGHT, logo_left, _FOOT_BASELINE - _LOGO_HEIGHT + 1, INK_RAMP),
        *place_text(site, RIGHT - site.width, _FOOT_BASELINE, INK_RAMP),
    ]


def _is_drawable(title: str) -> bool:
    """Return whether the fonts have at least half of the characters of a title."""
    wanted = collapse_whitespace(title[:MAX_TEXT_CHARACTERS]).replace(" ", "")
    drawable = drop_undrawable(title, Style.TITLE).replace(" ", "")
    return bool(drawable) and len(drawable) * 2 >= len(wanted)
