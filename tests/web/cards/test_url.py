import pytest

from handler.web.cards.content.card_content import CardContent, content_hash
from handler.web.cards.url import card_image_for
from handler.web.urls import Representation, RepresentationPath, parse_representation
from tests.support.hostile.text import HOSTILE_TEXT


@pytest.mark.parametrize("path", ["/", "/methodology", "/~a/one:free"])
def test_the_address_of_a_card_leads_back_to_its_page(path: str) -> None:
    card = card_image_for(path, face := CardContent(title="One"))

    assert parse_representation(card.path[1:]) == RepresentationPath(
        Representation.CARD, path.strip("/"), content_hash(face)
    )


@pytest.mark.parametrize("text", HOSTILE_TEXT.values(), ids=HOSTILE_TEXT)
def test_the_words_of_a_card_stay_short(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    alt = card_image_for(
        "/a/one", CardContent(title=text, kicker=text, badge=text, footnote=text)
    ).alt

    assert len(alt) <= 420
    assert len(alt.encode()) <= 1_000
    assert "\n" not in alt
