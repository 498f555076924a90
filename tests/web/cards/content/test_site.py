from decimal import Decimal

from handler.web.cards.content.card_content import CardContent, Stat
from handler.web.cards.content.site import api_card, author_card, explorer_card, methodology_card


def test_an_author_has_its_own_burgee_and_only_the_figures_that_are_known() -> None:
    assert author_card("acme", "Acme", 1).stats == (Stat("Model", "1"),)
    assert author_card(
        "google",
        "Google",
        62,
        lowest_input=Decimal("0.0375"),
        longest_context=2_000_000,
        newest="Gemini 3 Pro",
    ) == CardContent(
        title="Google",
        plain_title="google",
        identicon_seed="google",
        kicker="Models by",
        stats=(
            Stat("Models", "62"),
            Stat("Input from", "$0.0375", "/M"),
            Stat("Context up to, tokens", "2M"),
        ),
        footnote="Newest: Gemini 3 Pro",
    )


def test_the_explorer_counts_what_its_filters_left() -> None:
    face = explorer_card(1_234, 1, 0, "Vision models under $1")

    assert face.title == "Vision models under $1"
    assert face.stats == (Stat("Models", "1,234"), Stat("Author", "1"), Stat("Free", "0"))


def test_the_api_counts_what_it_has() -> None:
    assert api_card(1_234).stats[0] == Stat("Models", "1,234")


def test_the_methodology_says_from_whom() -> None:
    assert methodology_card("Arena", "OpenRouter").stats == (
        Stat("Prices", "OpenRouter"),
        Stat("Ranks", "Arena"),
        Stat("Usage", "OpenRouter"),
    )
    assert methodology_card().stats == (Stat("Prices", "OpenRouter"),)
