"""Faces that several tests draw."""

from collections.abc import Iterator

from handler.domain.catalog.model import parse_model
from handler.web.cards.content.card_content import CardContent, Stat
from handler.web.cards.content.model import comparison_card, model_card
from handler.web.cards.content.site import author_card, explorer_card, methodology_card
from scripts.sample_data.load import newest_records
from tests.support.builders import HERMES, NO_PROSE, model, priced, record

GEMINI = priced("google/gemini", "0.00000125", "0.00001", name="Google: Gemini 2.5 Pro")

HERMES_FACE = model_card(model(HERMES))
FACES = {
    "model": HERMES_FACE,
    "comparison": comparison_card([model(HERMES), model(GEMINI), model(record())]),
    "author": author_card("google", "Google", 62),
    "explorer": explorer_card(545, 62, 31),
    "methodology": methodology_card("Arena", "OpenRouter"),
    "empty": CardContent(),
}


def named(title: str) -> CardContent:
    """Return a face that shows one text in every place that strangers fill."""
    return CardContent(
        title=title,
        plain_title="acme/one",
        identicon_seed=title[:40],
        kicker=title,
        badge=title,
        stats=(Stat(title, title, title), Stat("Context, tokens", "131K")),
        footnote=title,
    )


def sample_faces() -> Iterator[CardContent]:
    """Yield the face of each model of the bundled sample."""
    for raw in newest_records():
        yield model_card(parse_model(raw, NO_PROSE))
