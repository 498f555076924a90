import pytest

from handler.web.cards.content.card_content import CardContent, card_image_for, content_hash
from tests.support.hostile.text import HOSTILE_TEXT


@pytest.mark.parametrize("path", ["/", "/methodology", "/~a/one:free"])
def test_card_path_has_the_content_hash(path: str) -> None:
    card = card_image_for(path, content := CardContent(title="One"))

    assert card.path == f"{path.rstrip('/')}/card-{content_hash(content)}.png"


@pytest.mark.parametrize("text", HOSTILE_TEXT.values(), ids=HOSTILE_TEXT)
def test_alt_text_is_one_line_within_the_limits(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    alt = card_image_for(
        "/a/one", CardContent(title=text, kicker=text, badge=text, footnote=text)
    ).alt

    assert len(alt) <= 420
    assert len(alt.encode()) <= 1_000
    assert "\n" not in alt
