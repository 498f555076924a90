import pytest

from handler.web.cards.content.card_content import Face, hash_of
from handler.web.cards.url import card_of
from handler.web.urls import Beside, What, asked_beside
from tests.support.hostile.text import HOSTILE_TEXT


@pytest.mark.parametrize("path", ["/", "/methodology", "/~a/one:free"])
def test_the_address_of_a_card_leads_back_to_its_page(path: str) -> None:
    card = card_of(path, face := Face(title="One"))

    assert asked_beside(card.path[1:]) == Beside(What.CARD, path.strip("/"), hash_of(face))


@pytest.mark.parametrize("text", HOSTILE_TEXT.values(), ids=HOSTILE_TEXT)
def test_the_words_of_a_card_stay_short(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    alt = card_of("/a/one", Face(title=text, kicker=text, badge=text, footnote=text)).alt

    assert len(alt) <= 420
    assert len(alt.encode()) <= 1_000
    assert "\n" not in alt
