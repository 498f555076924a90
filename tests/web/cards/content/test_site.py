from decimal import Decimal

from handler.web.cards.content.card_content import Face, Figure
from handler.web.cards.content.site import api_face, author_face, explorer_face, methodology_face


def test_an_author_has_its_own_burgee_and_only_the_figures_that_are_known() -> None:
    assert author_face("acme", "Acme", 1).figures == (Figure("Model", "1"),)
    assert author_face(
        "google",
        "Google",
        62,
        lowest_input=Decimal("0.0375"),
        longest_context=2_000_000,
        newest="Gemini 3 Pro",
    ) == Face(
        title="Google",
        plain_title="google",
        burgee="google",
        kicker="Models by",
        figures=(
            Figure("Models", "62"),
            Figure("Input from", "$0.0375", "/M"),
            Figure("Context up to, tokens", "2M"),
        ),
        footnote="Newest: Gemini 3 Pro",
    )


def test_the_explorer_counts_what_its_filters_left() -> None:
    face = explorer_face(1_234, 1, 0, "Vision models under $1")

    assert face.title == "Vision models under $1"
    assert face.figures == (Figure("Models", "1,234"), Figure("Author", "1"), Figure("Free", "0"))


def test_the_api_counts_what_it_has() -> None:
    assert api_face(1_234).figures[0] == Figure("Models", "1,234")


def test_the_methodology_says_from_whom() -> None:
    assert methodology_face("Arena", "OpenRouter").figures == (
        Figure("Prices", "OpenRouter"),
        Figure("Ranks", "Arena"),
        Figure("Usage", "OpenRouter"),
    )
    assert methodology_face().figures == (Figure("Prices", "OpenRouter"),)
