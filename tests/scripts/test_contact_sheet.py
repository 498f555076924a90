from pathlib import Path

import pytest
from PIL import Image

from handler.web.cards.content.card_content import content_hash
from scripts.commands import contact_sheet

MAX_BYTES = 250_000


def test_a_sheet_of_cards_is_light(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = tmp_path / "cards.png"

    assert contact_sheet.main(["--to", str(picture)]) == 0

    with Image.open(picture) as sheet:
        assert sheet.size == (1260, 1032)
    assert picture.stat().st_size <= MAX_BYTES
    assert capsys.readouterr().out.startswith("24 cards in ")


def test_no_card_is_there_twice() -> None:
    faces = contact_sheet.chosen_faces()

    assert len({content_hash(face) for face in faces}) == len(faces) == 24
