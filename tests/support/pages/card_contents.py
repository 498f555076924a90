"""Contents of cards that several tests render."""

from collections.abc import Iterator
from typing import Any

from handler.domain.catalog.model import parse_model
from handler.domain.pricing.price_position import PricePosition
from handler.domain.search.summary import summarize
from handler.web.cards.content.card_content import CardContent, Stat
from handler.web.cards.content.listings import (
    author_card,
    comparison_card,
    explorer_card,
    filtered_card,
)
from handler.web.cards.content.model import CardFacts, card_for_profile, model_card
from handler.web.cards.content.site import methodology_card
from scripts.sample_data.load import newest_records
from tests.support.builders import (
    AS_OF,
    HERMES,
    NO_PROSE,
    model,
    priced,
    profile,
    record,
    withdrawn,
)

TIERED: dict[str, Any] = priced("acme/tiered", "0.000001", "0.00001")
TIERED["pricing"]["overrides"] = [
    {"min_prompt_tokens": 200_000, "prompt": "0.000002", "completion": "0.00002"}
]
GEMINI = priced("google/gemini", "0.00000125", "0.00001", name="Google: Gemini 2.5 Pro")

HERMES_CARD = model_card(model(HERMES))
CARDS = {
    "model": HERMES_CARD,
    "comparison": comparison_card([model(HERMES), model(GEMINI), model(record())]),
    "comparison of five": comparison_card([model(HERMES), *[model(GEMINI)] * 4]),
    "filtered": filtered_card(
        "Models with image input, tools and 200K+ context, up to $5 per 1M input tokens",
        12,
        [summarize(profile(raw), AS_OF) for raw in (HERMES, GEMINI, TIERED)],
    ),
    "withdrawn": card_for_profile(withdrawn(HERMES), AS_OF),
    "everything": model_card(
        model(TIERED | {"name": "Acme: A model with a long name (experimental preview) 405B"}),
        CardFacts(price_change="−32% since April", position=PricePosition("text", 70, 25)),
    )._replace(chips=("Image output", "Structured outputs", "Audio input", "Files", "Vision")),
    "right to left": model_card(model(HERMES | {"name": "Acme: 🐬 מודל שפה [Large] (beta) 70B"})),
    "author": author_card("google", "Google", 62),
    "explorer": explorer_card(545, 62, 31),
    "methodology": methodology_card("Arena", "OpenRouter"),
    "empty": CardContent(),
}


def card_with_text(text: str) -> CardContent:
    """Return a card with one text in every field that untrusted text can reach."""
    return CardContent(
        title=text,
        plain_title="acme/one",
        identicon_seed=text[:40],
        kicker=text,
        badge=text,
        stats=(Stat(text, text, text), Stat("Context, tokens", "131K")),
        footnote=text,
        chips=(text, "Tools"),
        meter=40,
    )


def sample_cards() -> Iterator[CardContent]:
    """Yield the card of each model of the bundled sample."""
    for raw in newest_records():
        yield model_card(parse_model(raw, NO_PROSE))
