from decimal import Decimal

from handler.domain.pricing.cost import Workload
from handler.web.cards.content.card_content import CardContent, Stat, TableRow
from handler.web.cards.content.listings import author_card, comparison_card, explorer_card
from tests.support.builders import HERMES, making, model, priced
from tests.support.pages.card_contents import TIERED


def test_author_card_has_only_known_stats() -> None:
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
            Stat("Input from / 1M tokens", "$0.0375"),
            Stat("Context up to, tokens", "2M"),
        ),
        footnote="Newest: Gemini 3 Pro",
    )


def test_explorer_card_counts_the_matching_models() -> None:
    card = explorer_card(1_234, 1, 0, "Vision models under $1")

    assert card.title == "Vision models under $1"
    assert card.stats == (Stat("Models", "1,234"), Stat("Author", "1"), Stat("Free", "0"))


def test_comparison_card_has_a_row_for_each_model() -> None:
    voice = priced("acme/voice", "0.000015", "0", architecture=making("speech"))
    embeddings = priced("acme/embed", "0.0000001", "0", context_length=8192)
    router = priced("acme/router", "-1", "-1", context_length=2_000_000)

    card = comparison_card([model(raw) for raw in (HERMES, TIERED, voice, embeddings, router)])

    assert card == CardContent(
        kicker="5 models compared",
        columns=(Stat("Input / 1M", ""), Stat("Output / 1M", ""), Stat("Cost", "")),
        rows=(
            TableRow("Hermes 4 405B", ("$1", "$3", "$0.013"), is_marked=True),
            TableRow("acme/tiered", ("$1+", "$10+", "$0.02")),
            TableRow("acme/voice", ("$15/M characters", "—")),
            TableRow("acme/embed", ("$0.10", "—", "—")),
            TableRow("acme/router", ("Variable", "—")),
        ),
        badge="Cheapest: Hermes 4 405B",
        footnote="Cost of 10,000 tokens in, 1,000 out; + more in some tiers",
    )


def test_comparison_card_without_costs_says_why() -> None:
    small = [
        model(priced(f"acme/{name}", "0.000001", "0.000002", context_length=8192))
        for name in ("one", "two")
    ]

    card = comparison_card(small, Workload(10_000_000, 0))

    assert card.columns == (Stat("Input / 1M", ""), Stat("Output / 1M", ""))
    assert card.rows == (TableRow("acme/one", ("$1", "$2")), TableRow("acme/two", ("$1", "$2")))
    assert card.footnote == "Too long for each of them: 10,000,000 tokens in"
