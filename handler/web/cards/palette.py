"""The 16-color palette of a card, at four bits a pixel, and the color of each author.

Text in any of the colors has a contrast of at least 4.5 to 1 on paper, as WCAG 2.2 asks for.
"""

from hashlib import sha256

Color = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""

PAPER: Color = (0xFB, 0xFA, 0xF6)
INK: Color = (0x17, 0x23, 0x2D)
SITE: Color = (0x0F, 0x3D, 0x57)
WARNING: Color = (0xB3, 0x40, 0x1B)
GREY: Color = (0x6B, 0x70, 0x74)

# Without the blue of the site, and without a red, which would look like a warning.
AUTHOR_COLORS: tuple[Color, ...] = (
    (0x24, 0x5C, 0x8C),
    (0x1E, 0x5A, 0x43),
    (0x7A, 0x4E, 0x0E),
    (0x53, 0x31, 0x66),
    (0x0C, 0x5A, 0x66),
    (0x2B, 0x3F, 0x7A),
    (0x4C, 0x54, 0x16),
    (0x78, 0x2A, 0x55),
)

# Found by trial: the authors with the most models get different colors.
_SALT = "dye 141"

# Index 0 is paper. Three ramps follow, from paper to ink, to the accent and to the warning. More
# levels of anti-aliasing look no smoother, and make larger files.
_INK_LEVELS = 8
_ACCENT_LEVELS = 4
_WARNING_LEVELS = 3
_SOFT_LEVELS = 6
_RULE_LEVELS = 2


def _ramp(levels: int, offset: int = 0) -> bytes:
    """Return the palette index for each coverage from 0 to 255, a table for `bytes.translate`."""
    steps = (round(coverage / 255 * levels) for coverage in range(256))
    return bytes(step and step + offset for step in steps)


# Soft text and rules end part of the way up the ramp of the ink.
INK_RAMP = _ramp(_INK_LEVELS)
SOFT_RAMP = _ramp(_SOFT_LEVELS)
RULE_RAMP = _ramp(_RULE_LEVELS)
ACCENT_RAMP = _ramp(_ACCENT_LEVELS, _INK_LEVELS)
WARNING_RAMP = _ramp(_WARNING_LEVELS, _INK_LEVELS + _ACCENT_LEVELS)


def build_palette(accent: Color, *, is_greyed: bool = False) -> list[Color]:
    """Return the palette of a card, in the order of its indices.

    Greyed, ink and accent are one grey, which soft text has too: lighter, it would be illegible.
    """
    if is_greyed:
        return _grey_palette()
    ramps = ((INK, _INK_LEVELS), (accent, _ACCENT_LEVELS), (WARNING, _WARNING_LEVELS))
    return [PAPER] + [
        _on_paper(color, step / levels) for color, levels in ramps for step in range(1, levels + 1)
    ]


def _grey_palette() -> list[Color]:
    ramps = ((GREY, _INK_LEVELS, _SOFT_LEVELS), (GREY, _ACCENT_LEVELS, _ACCENT_LEVELS))
    warning = (WARNING, _WARNING_LEVELS, _WARNING_LEVELS)
    return [PAPER] + [
        _on_paper(color, min(1, step / full))
        for color, levels, full in (*ramps, warning)
        for step in range(1, levels + 1)
    ]


def stable_choice(salt: str, author: str, choices: int) -> int:
    """Return a number below `choices` that depends on the salt and the author alone."""
    digest = sha256(f"{salt} {author}".encode("utf-8", "replace")).digest()
    return int.from_bytes(digest[:8]) % choices


def author_color(author: str) -> Color:
    """Return the color of an author, that of the site for ""."""
    return AUTHOR_COLORS[stable_choice(_SALT, author, len(AUTHOR_COLORS))] if author else SITE


def _on_paper(color: Color, opacity: float) -> Color:
    red, green, blue = (
        round(paper + (full - paper) * opacity) for paper, full in zip(PAPER, color, strict=True)
    )
    return red, green, blue
