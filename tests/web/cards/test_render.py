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
from tests.conftest import each_shared_catalog
from tests.support.builders import NO_PROSE
from tests.support.card_contents import FACES, HERMES_FACE, named, sample_faces
from tests.support.hostile.text import HOSTILE_TEXT

MAX_BYTES = 40_000
USUAL_BYTES = 20_000


@pytest.mark.parametrize("name", FACES)
def test_a_card_is_a_png_of_the_size_that_every_crawler_takes(name: str) -> None:
    card = render_card(FACES[name])
    image = Image.open(io.BytesIO(card))
    image.load()

    assert (image.format, image.mode, image.size) == ("PNG", "P", (1200, 630))
    assert struct.unpack(">IIBB", card[16:26]) == (1200, 630, 4, 3)
    assert len(card) <= MAX_BYTES


def test_a_face_is_drawn_the_same_every_time() -> None:
    assert render_card(HERMES_FACE) == render_card(HERMES_FACE)


def test_a_card_is_drawn_in_ink_and_in_its_authors_dye_on_paper() -> None:
    colours = (
        Image.open(io.BytesIO(render_card(HERMES_FACE))).convert("RGB").getcolors(maxcolors=16)
    )

    assert colours is not None
    assert {PAPER, INK, author_color("nousresearch")} <= {colour for _, colour in colours}
    assert max(colours) == (max(count for count, _ in colours), PAPER)


@given(st.text(max_size=100) | st.sampled_from(sorted(HOSTILE_TEXT.values())))
@settings(max_examples=60)
def test_any_name_is_drawn_within_the_limit(text: str) -> None:
    assert len(render_card(named(text))) <= MAX_BYTES


def test_the_length_of_a_name_past_what_is_shown_costs_nothing() -> None:
    assert render_card(named("x" * 20_000)) == render_card(named("x" * 200_000))
    assert render_card(named("word " * 5_000)) == render_card(named("word " * 50_000))


def test_cards_of_the_sample_are_light() -> None:
    sizes = [len(render_card(face)) for face in islice(sample_faces(), 0, None, 5)]

    assert median(sizes) <= USUAL_BYTES
    assert max(sizes) <= MAX_BYTES


@pytest.mark.parametrize("catalog", each_shared_catalog())
def test_every_card_of_a_real_catalog_can_be_drawn(catalog: Path) -> None:
    listed = json.loads(catalog.read_text("utf-8"))["data"]
    faces = [model_card(parse_model(raw, NO_PROSE)) for raw in listed[::8]]

    sizes = [len(render_card(face)) for face in faces]

    assert median(sizes) <= USUAL_BYTES
    assert max(sizes) <= MAX_BYTES
