import pytest
from hypothesis import given
from hypothesis import strategies as st

from handler.web.cards.text.fonts import Style
from handler.web.cards.text.line_breaking import Block, SizeStep, fit_text, largest_fitting_size
from handler.web.cards.text.shaping import shape_line
from tests.support.hostile.text import HOSTILE_TEXT

STEPS = (SizeStep(100), SizeStep(80, 2), SizeStep(50, 3))
WIDTH = 1000
# Lines are filled by the lengths of their words, without the kerning between them.
KERNED = 1.01


def title(text: str) -> Block:
    return fit_text(text, Style.TITLE, WIDTH, STEPS)


def lines(*texts: str) -> tuple[object, ...]:
    return tuple(shape_line(text, Style.TITLE) for text in texts)


@pytest.mark.parametrize(
    ("text", "size", "broken"),
    [
        ("Gemini 2.5 Pro", 100, ("Gemini 2.5 Pro",)),
        ("Claude 3.5 Sonnet (self-moderated)", 80, ("Claude 3.5 Sonnet", "(self-moderated)")),
        ("模型" * 10, 80, ("模型" * 5, "模型" * 5)),
        ("", 100, ()),
    ],
)
def test_a_title_is_broken_evenly_before_it_is_made_smaller(
    text: str, size: int, broken: tuple[str, ...]
) -> None:
    assert title(text) == Block(lines(*broken), size)  # type: ignore[arg-type]


def test_a_title_is_cut_only_where_the_smallest_size_has_no_room() -> None:
    cut = title("word " * 5_000)

    assert (cut.size, len(cut.lines)) == (50, 3)
    assert cut.lines[-1] == shape_line("word " * 6 + "word…", Style.TITLE)


def test_a_word_that_is_longer_than_a_line_is_broken() -> None:
    cut = title("x" * 20_000)

    assert len(cut.lines) == 3
    assert cut.width <= WIDTH * KERNED


@given(st.text(max_size=120) | st.sampled_from(sorted(HOSTILE_TEXT.values())))
def test_any_text_keeps_within_its_width_and_lines(text: str) -> None:
    for style in Style:
        set_text = fit_text(text, style, WIDTH, STEPS)
        most = {step.size: step.max_lines for step in STEPS}[set_text.size]

        assert len(set_text.lines) <= most
        assert set_text.width <= WIDTH * KERNED


def test_the_largest_size_is_the_one_at_which_all_texts_have_room() -> None:
    room = round(shape_line("$1.25", Style.FIGURE).width(60))

    assert (
        largest_fitting_size([("$1", room), ("$1.25", room + 1)], Style.FIGURE, (80, 60, 40)) == 60
    )
    assert largest_fitting_size([("$1.25", 1)], Style.FIGURE, (80, 60, 40)) == 40
    assert largest_fitting_size([], Style.FIGURE, (80, 60, 40)) == 80
