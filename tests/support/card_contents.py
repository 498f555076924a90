"""Faces that several tests draw."""

from collections.abc import Iterator

from handler.domain.catalog.model import model_of
from handler.web.cards.content.card_content import Face, Figure
from handler.web.cards.content.model import compare_face, model_face
from handler.web.cards.content.site import author_face, explorer_face, methodology_face
from scripts.sample_data.load import newest_records
from tests.support.builders import HERMES, NO_PROSE, model, priced, record

GEMINI = priced("google/gemini", "0.00000125", "0.00001", name="Google: Gemini 2.5 Pro")

HERMES_FACE = model_face(model(HERMES))
FACES = {
    "model": HERMES_FACE,
    "comparison": compare_face([model(HERMES), model(GEMINI), model(record())]),
    "author": author_face("google", "Google", 62),
    "explorer": explorer_face(545, 62, 31),
    "methodology": methodology_face("Arena", "OpenRouter"),
    "empty": Face(),
}


def named(title: str) -> Face:
    """Return a face that shows one text in every place that strangers fill."""
    return Face(
        title=title,
        plain_title="acme/one",
        burgee=title[:40],
        kicker=title,
        badge=title,
        figures=(Figure(title, title, title), Figure("Context, tokens", "131K")),
        footnote=title,
    )


def sample_faces() -> Iterator[Face]:
    """Yield the face of each model of the bundled sample."""
    for raw in newest_records():
        yield model_face(model_of(raw, NO_PROSE))
