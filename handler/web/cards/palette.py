"""The sixteen colours of a card: four bits a pixel, edges smoothed along three ramps.

Contrast is held to WCAG 2.2: at least 4.5 to 1 on paper for every ink that writes.
"""

from hashlib import sha256

Colour = tuple[int, int, int]

PAPER: Colour = (0xFB, 0xFA, 0xF6)
INK: Colour = (0x17, 0x23, 0x2D)
SITE: Colour = (0x0F, 0x3D, 0x57)
WARNING: Colour = (0xB3, 0x40, 0x1B)

# The dyes of bunting, all dark enough to write with. Neither the blue of the site nor a red, which
# would warn, is among them.
AUTHOR_COLORS: tuple[Colour, ...] = (
    (0x24, 0x5C, 0x8C),
    (0x1E, 0x5A, 0x43),
    (0x7A, 0x4E, 0x0E),
    (0x53, 0x31, 0x66),
    (0x0C, 0x5A, 0x66),
    (0x2B, 0x3F, 0x7A),
    (0x4C, 0x54, 0x16),
    (0x78, 0x2A, 0x55),
)

# Drawn so that the authors with most models fly different colours.
_SALT = "dye 141"

# Index 0 is paper; from there ramps lead to ink, to the card's accent and to the warning. More
# steps look no smoother, and weigh more.
INK_LEVELS = 8
ACCENT_LEVELS = 4
WARNING_LEVELS = 3
SOFT_LEVELS = 6
_LINE_LEVELS = 2


def _ramp(levels: int, before: int = 0) -> bytes:
    """Return for each coverage, 0 to 255, the index of its colour."""
    steps = (round(coverage / 255 * levels) for coverage in range(256))
    return bytes(step and step + before for step in steps)


# What a shape is filled with: coverage to index, as `bytes.translate` takes it.
SOLID = _ramp(INK_LEVELS)
SOFT = _ramp(SOFT_LEVELS)
LINE = _ramp(_LINE_LEVELS)
ACCENT = _ramp(ACCENT_LEVELS, INK_LEVELS)
ALERT = _ramp(WARNING_LEVELS, INK_LEVELS + ACCENT_LEVELS)


def colours(accent: Colour) -> list[Colour]:
    """Return the palette of a card, in the order of its indices."""
    ramps = ((INK, INK_LEVELS), (accent, ACCENT_LEVELS), (WARNING, WARNING_LEVELS))
    return [PAPER] + [
        _between(colour, step / levels) for colour, levels in ramps for step in range(1, levels + 1)
    ]


def stable_choice(lot: str, author: str, choices: int) -> int:
    """Return a number below `choices`, in one lot the same for an author every time."""
    digest = sha256(f"{lot} {author}".encode("utf-8", "replace")).digest()
    return int.from_bytes(digest[:8]) % choices


def author_color(author: str) -> Colour:
    """Return the colour of an author's flag; the site's own for ""."""
    return AUTHOR_COLORS[stable_choice(_SALT, author, len(AUTHOR_COLORS))] if author else SITE


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours, from 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    shares = [value / 255 for value in colour]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _between(colour: Colour, share: float) -> Colour:
    red, green, blue = (
        round(paper + (full - paper) * share) for paper, full in zip(PAPER, colour, strict=True)
    )
    return red, green, blue
