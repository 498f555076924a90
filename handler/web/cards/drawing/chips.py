"""What a model can do: a row of pills, as many as fit, then how many are left out."""

from collections.abc import Sequence

from handler.web.cards.drawing.elements import Element, Pill, place_text
from handler.web.cards.palette import ACCENT_RAMP, RULE_RAMP
from handler.web.cards.text.fonts import Style
from handler.web.cards.text.line_breaking import Block, SizeStep, fit_text

_HEIGHT = 50
_PADDING = 20
_GAP = 14
_MAX_CHIPS = 3
_CAP_HEIGHT = 0.71
_STEPS = (SizeStep(30),)


def place_chips(chips: Sequence[str], left: int, width: int, top: int) -> list[Element]:
    """Return the pills from a left edge on, each with its text."""
    elements: list[Element] = []
    for text in _choose(chips, width):
        pill_width = _pill_width(text)
        baseline = top + (_HEIGHT + text.size * _CAP_HEIGHT) / 2
        elements.append(Pill(pill_width, _HEIGHT, left, top, RULE_RAMP))
        elements += place_text(text, left + _PADDING, baseline, ACCENT_RAMP)
        left += pill_width + _GAP
    return elements


def _choose(chips: Sequence[str], width: int) -> list[Block]:
    """Return as many of the first texts as fit, with the number of the others."""
    for count in range(min(len(chips), _MAX_CHIPS), 0, -1):
        others = len(chips) - count
        texts = [*chips[:count], *([f"+{others}"] if others else [])]
        blocks = [fit_text(text, Style.STRONG, width - 2 * _PADDING, _STEPS) for text in texts]
        if sum(map(_pill_width, blocks)) + _GAP * (len(blocks) - 1) <= width:
            return blocks
    return []


def _pill_width(text: Block) -> int:
    return max(round(text.width) + 2 * _PADDING, _HEIGHT)
