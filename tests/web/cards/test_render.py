import io
import json
import struct
from itertools import islice
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from handler.domain.catalog.model import parse_model
from handler.web.cards.content.model import model_card
from handler.web.cards.palette import INK, PAPER, author_color
from handler.web.cards.render import render_card
from tests.support.builders import NO_PROSE
from tests.support.external import each_shared_catalog
from tests.support.hostile.text import HOSTILE_TEXT
from tests.support.pages.card_contents import CARDS, HERMES_CARD, card_with_text, sample_cards

MAX_BYTES = 40_000
MAX_MEDIAN_BYTES = 20_000


@pytest.mark.parametrize("name", CARDS)
def test_card_is_an_indexed_png_of_1200_by_630(name: str) -> None:
    card = render_card(CARDS[name])
    image = Image.open(io.BytesIO(card))
    image.load()

    assert (image.format, image.mode, image.size) == ("PNG", "P", (1200, 630))
    assert struct.unpack(">IIBB", card[16:26]) == (1200, 630, 4, 3)
    assert len(card) <= MAX_BYTES


def test_equal_content_gives_equal_bytes() -> None:
    assert render_card(HERMES_CARD) == render_card(HERMES_CARD)


def test_card_has_paper_ink_and_the_color_of_the_author() -> None:
    colors = Image.open(io.BytesIO(render_card(HERMES_CARD))).convert("RGB").getcolors(maxcolors=16)

    assert colors is not None
    assert {PAPER, INK, author_color("nousresearch")} <= {color for _, color in colors}
    assert max(colors) == (max(count for count, _ in colors), PAPER)


@given(st.text(max_size=100) | st.sampled_from(sorted(HOSTILE_TEXT.values())))
@settings(max_examples=60)
def test_any_text_renders_within_the_size_limit(text: str) -> None:
    assert len(render_card(card_with_text(text))) <= MAX_BYTES


def test_text_past_the_limit_is_ignored() -> None:
    assert render_card(card_with_text("x" * 20_000)) == render_card(card_with_text("x" * 200_000))
    assert render_card(card_with_text("word " * 5_000)) == render_card(
        card_with_text("word " * 50_000)
    )


def test_cards_of_the_sample_are_small() -> None:
    sizes = [len(render_card(card)) for card in islice(sample_cards(), 0, None, 5)]

    assert median(sizes) <= MAX_MEDIAN_BYTES
    assert max(sizes) <= MAX_BYTES


@pytest.mark.parametrize("catalog", each_shared_catalog())
def test_cards_of_real_catalogs_are_small(catalog: Path) -> None:
    listed = json.loads(catalog.read_text("utf-8"))["data"]
    cards = [model_card(parse_model(raw, NO_PROSE)) for raw in listed[::8]]

    sizes = [len(render_card(card)) for card in cards]

    assert median(sizes) <= MAX_MEDIAN_BYTES
    assert max(sizes) <= MAX_BYTES
