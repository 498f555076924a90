from pathlib import Path

import pytest
from PIL import Image

from handler.web.cards.content.card_content import content_hash
from scripts.commands import contact_sheet

MAX_BYTES = 250_000


def test_sheet_is_a_small_png(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "cards.png"

    assert contact_sheet.main(["--to", str(path)]) == 0

    with Image.open(path) as sheet:
        assert sheet.size == (1260, 1032)
    assert path.stat().st_size <= MAX_BYTES
    assert capsys.readouterr().out.startswith("24 cards in ")


def test_every_card_of_the_sheet_differs() -> None:
    contents = contact_sheet.sheet_contents()

    assert len({content_hash(content) for content in contents}) == len(contents) == 24
