import pytest

from handler.web.cards import palette
from handler.web.cards.palette import (
    AUTHOR_COLORS,
    INK,
    PAPER,
    SITE,
    WARNING,
    author_color,
    colours,
    contrast,
)

AA = 4.5


def test_contrast_is_what_the_standard_says() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)
    assert contrast(PAPER, PAPER) == 1


@pytest.mark.parametrize("ink", [INK, SITE, WARNING, *AUTHOR_COLORS], ids=str)
def test_every_ink_can_be_read_on_paper(ink: palette.Colour) -> None:
    assert contrast(ink, PAPER) >= AA


def test_soft_text_can_be_read_on_paper() -> None:
    assert contrast(colours(SITE)[palette.SOFT[255]], PAPER) >= AA


def test_sixteen_colours_are_paper_and_the_ramps_that_end_in_the_inks() -> None:
    indexed = colours(AUTHOR_COLORS[0])
    fills = (palette.SOLID, palette.ACCENT, palette.ALERT)

    assert len(indexed) == 16
    assert [indexed[fill[0]] for fill in fills] == [PAPER] * 3
    assert [indexed[fill[255]] for fill in fills] == [INK, AUTHOR_COLORS[0], WARNING]


@pytest.mark.parametrize("fill", ["SOLID", "SOFT", "LINE", "ACCENT", "ALERT"])
def test_more_coverage_is_never_less_contrast(fill: str) -> None:
    indexed = colours(SITE)
    contrasts = [contrast(indexed[index], PAPER) for index in getattr(palette, fill)]

    assert contrasts == sorted(contrasts)


def test_an_author_keeps_its_dye_and_the_site_has_its_own() -> None:
    authors = [f"author-{number}" for number in range(200)]

    assert {author_color(author) for author in authors} == set(AUTHOR_COLORS)
    assert [author_color(author) for author in authors] == [
        author_color(author) for author in authors
    ]
    assert author_color("") == SITE
    assert SITE not in AUTHOR_COLORS
