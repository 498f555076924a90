import pytest
from hypothesis import given
from hypothesis import strategies as st

from handler.web.cards.text.fonts import Style
from handler.web.cards.text.line_breaking import Block, SizeStep, fit_text, largest_fitting_size
from handler.web.cards.text.shaping import ShapedLine, shape_line
from tests.support.hostile.text import HOSTILE_TEXT

STEPS = (SizeStep(100), SizeStep(80, 2), SizeStep(50, 3))
WIDTH = 1000
# Lines are filled with separately shaped words, without the kerning between them.
KERNING = 1.01


def fit_title(text: str) -> Block:
    return fit_text(text, Style.TITLE, WIDTH, STEPS)


def title_lines(*texts: str) -> tuple[ShapedLine, ...]:
    return tuple(shape_line(text, Style.TITLE) for text in texts)


@pytest.mark.parametrize(
    ("text", "size", "broken"),
    [
        ("Gemini 2.5 Pro", 100, ("Gemini 2.5 Pro",)),
        ("Claude 3.5 Sonnet (self-moderated)", 80, ("Claude 3.5 Sonnet", "(self-moderated)")),
        ("模型" * 10, 80, ("模型" * 5, "模型" * 5)),
        ("🐬Dolphin-Mistral Venice-Large", 80, ("🐬Dolphin-Mistral", "Venice-Large")),
        ("模型Gemini-2.5-Pro大型模型Claude", 80, ("模型Gemini-2.5-Pro", "大型模型Claude")),
        ("", 100, ()),
    ],
)
def test_title_is_broken_evenly_before_it_shrinks(
    text: str, size: int, broken: tuple[str, ...]
) -> None:
    assert fit_title(text) == Block(title_lines(*broken), size)


def test_title_is_truncated_only_at_the_smallest_size() -> None:
    block = fit_title("word " * 5_000)

    assert (block.size, len(block.lines)) == (50, 3)
    assert block.lines[-1] == shape_line("word " * 6 + "word…", Style.TITLE)


def test_word_longer_than_a_line_is_broken() -> None:
    block = fit_title("x" * 20_000)

    assert len(block.lines) == 3
    assert block.width <= WIDTH * KERNING


@given(st.text(max_size=120) | st.sampled_from(sorted(HOSTILE_TEXT.values())))
def test_any_text_stays_within_its_width_and_lines(text: str) -> None:
    for style in Style:
        block = fit_text(text, style, WIDTH, STEPS)
        max_lines = {step.size: step.max_lines for step in STEPS}[block.size]

        assert len(block.lines) <= max_lines
        assert block.width <= WIDTH * KERNING


def test_largest_fitting_size_fits_all_texts() -> None:
    width = round(shape_line("$1.25", Style.STRONG).width(60))

    assert (
        largest_fitting_size([("$1", width), ("$1.25", width + 1)], Style.STRONG, (80, 60, 40))
        == 60
    )
    assert largest_fitting_size([("$1.25", 1)], Style.STRONG, (80, 60, 40)) == 40
    assert largest_fitting_size([], Style.STRONG, (80, 60, 40)) == 80
