import pytest

from handler.web.card_address import CardAddress, card_asked_for, card_of
from handler.web.cards.face import Face, hash_of
from tests.hostile import HOSTILE_TEXT

HASH = "0123456789abcdef"


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("card.png", CardAddress("", None)),
        (f"card-{HASH}.png", CardAddress("", HASH)),
        ("methodology/card.png", CardAddress("methodology", None)),
        (f"~a/one:free/card-{HASH}.png", CardAddress("~a/one:free", HASH)),
        ("a/one/xcard.png", None),
        ("a/one/card-01.png", None),
        ("a/one/card.png/", None),
        ("/card.png", None),
        ("a/one", None),
    ],
)
def test_a_card_is_beside_its_page(path: str, asked: CardAddress | None) -> None:
    assert card_asked_for(path) == asked


@pytest.mark.parametrize("path", ["/", "/methodology", "/~a/one:free"])
def test_the_address_of_a_card_leads_back_to_its_page(path: str) -> None:
    card = card_of(path, face := Face(title="One"))

    assert card_asked_for(card.path[1:]) == CardAddress(path.strip("/"), hash_of(face))


@pytest.mark.parametrize("text", HOSTILE_TEXT.values(), ids=HOSTILE_TEXT)
def test_the_words_of_a_card_stay_short(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    alt = card_of("/a/one", Face(title=text, kicker=text, badge=text, footnote=text)).alt

    assert len(alt) <= 420
    assert len(alt.encode()) <= 1_000
    assert "\n" not in alt
