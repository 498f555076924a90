import pytest

from handler.web.cards import palette
from handler.web.cards.palette import (
    AUTHOR_COLORS,
    INK,
    PAPER,
    SITE,
    WARNING,
    Color,
    author_color,
    build_palette,
)

AA = 4.5


def contrast(one: Color, other: Color) -> float:
    """Return the contrast ratio of two colors, from 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_relative_luminance(one), _relative_luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _relative_luminance(color: Color) -> float:
    channels = [value / 255 for value in color]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_contrast_agrees_with_the_standard() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)
    assert contrast(PAPER, PAPER) == 1


@pytest.mark.parametrize("color", [INK, SITE, WARNING, *AUTHOR_COLORS], ids=str)
def test_every_color_is_legible_on_paper(color: Color) -> None:
    assert contrast(color, PAPER) >= AA


def test_soft_text_is_legible_on_paper() -> None:
    assert contrast(build_palette(SITE)[palette.SOFT_RAMP[255]], PAPER) >= AA


def test_greyed_text_is_legible_on_paper() -> None:
    colors = build_palette(AUTHOR_COLORS[0], is_greyed=True)

    for ramp in (palette.INK_RAMP, palette.SOFT_RAMP, palette.ACCENT_RAMP, palette.WARNING_RAMP):
        assert contrast(colors[ramp[255]], PAPER) >= AA
    assert colors[palette.INK_RAMP[255]] == colors[palette.ACCENT_RAMP[255]] == palette.GREY


def test_sixteen_colors_are_paper_and_three_ramps() -> None:
    colors = build_palette(AUTHOR_COLORS[0])
    ramps = (palette.INK_RAMP, palette.ACCENT_RAMP, palette.WARNING_RAMP)

    assert len(colors) == 16
    assert [colors[ramp[0]] for ramp in ramps] == [PAPER] * 3
    assert [colors[ramp[255]] for ramp in ramps] == [INK, AUTHOR_COLORS[0], WARNING]


@pytest.mark.parametrize("ramp", ["INK", "SOFT", "RULE", "ACCENT", "WARNING"])
def test_more_coverage_is_never_less_contrast(ramp: str) -> None:
    colors = build_palette(SITE)
    contrasts = [contrast(colors[index], PAPER) for index in getattr(palette, f"{ramp}_RAMP")]

    assert contrasts == sorted(contrasts)


def test_author_colors_are_stable_and_never_the_sites() -> None:
    authors = [f"author-{number}" for number in range(200)]

    assert {author_color(author) for author in authors} == set(AUTHOR_COLORS)
    assert [author_color(author) for author in authors] == [
        author_color(author) for author in authors
    ]
    assert author_color("") == SITE
    assert SITE not in AUTHOR_COLORS
