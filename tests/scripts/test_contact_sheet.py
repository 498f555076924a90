from pathlib import Path

import pytest
from PIL import Image

from handler.bootstrap.refresh import local_snapshot_repository, local_store, markdown_renderer
from handler.domain.snapshot.decode import decode_whole
from handler.web.cards.content.card_content import content_hash
from handler.web.cards.content.model import card_for_profile
from scripts.commands import contact_sheet
from scripts.commands.contact_sheet import DEFAULT_PATH
from scripts.sample_data.load import load_sample

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


def test_cards_of_the_sheet_are_those_of_the_sample(tmp_path: Path) -> None:
    load_sample(local_snapshot_repository(tmp_path), markdown_renderer())
    catalog = decode_whole(local_store(tmp_path).read().body)

    cards = {
        card_for_profile(profile, catalog.as_of, catalog.price_scales)
        for profile in catalog.profiles()
    }

    shown = contact_sheet.sheet_contents()
    assert sum(card in cards for card in shown) == 15
    ranks = [card.badge for card in shown if card.badge.startswith("Arena")]
    assert set(ranks) <= {card.badge for card in cards}


def test_sheet_in_the_docs_is_the_one_that_is_drawn_today(tmp_path: Path) -> None:
    contact_sheet.main(["--to", str(tmp_path / "cards.png")])

    with Image.open(tmp_path / "cards.png") as drawn, Image.open(DEFAULT_PATH) as committed:
        assert drawn.convert("RGB").tobytes() == committed.convert("RGB").tobytes()
