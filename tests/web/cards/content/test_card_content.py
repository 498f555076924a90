import re
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from handler.web.cards.content.card_content import DRAWN_BY, Face, Figure, Row, hash_of, in_words
from handler.web.cards.content.model import model_face
from tests.support.builders import HERMES, model
from tests.support.card_contents import HERMES_FACE

PROJECT = Path(__file__).resolve().parents[3]

CHANGES: dict[str, Any] = {
    "title": "Hermes 5",
    "plain_title": "nousresearch/hermes-5",
    "burgee": "acme",
    "kicker": "Acme",
    "badge": "No longer listed",
    "warns": True,
    "figures": (Figure("Price", "Free"),),
    "columns": (Figure("Input", "", "/M"),),
    "rows": (Row("Hermes", ("$1",)),),
    "footnote": "text → speech",
    "site": "Pennant",
}


def test_every_field_has_a_change_to_be_tried() -> None:
    assert set(CHANGES) == {field.name for field in fields(Face)}


@pytest.mark.parametrize("field", CHANGES)
def test_the_hash_changes_with_whatever_a_card_shows(field: str) -> None:
    changed = replace(HERMES_FACE, **{field: CHANGES[field]})

    assert hash_of(changed) != hash_of(HERMES_FACE)
    assert re.fullmatch("[0-9a-f]{16}", hash_of(changed))


@pytest.mark.parametrize(
    "change",
    [
        {"benchmarks": {"design_arena": [{"elo": 1300}]}},
        {"description": "Another description."},
        {"supported_parameters": ["tools"]},
        {"default_parameters": {"temperature": 1}},
        {"created": 1},
    ],
    ids=str,
)
def test_the_hash_is_the_same_while_only_what_a_card_does_not_show_changes(
    change: dict[str, Any],
) -> None:
    assert hash_of(model_face(model({**HERMES, **change}))) == hash_of(HERMES_FACE)


def test_the_hash_covers_the_packages_that_draw_as_they_are_pinned() -> None:
    pinned = (PROJECT / "requirements.txt").read_text("utf-8").splitlines()

    assert set(DRAWN_BY) == {
        line for line in pinned if re.match(r"uharfbuzz|fontpkg-|manimgx|noto", line)
    }


def test_text_that_is_no_unicode_has_a_hash_too() -> None:
    assert hash_of(Face("broken \ud800 half")) != hash_of(Face("broken half"))


def test_naming_a_card_does_not_load_what_draws_it() -> None:
    code = (
        "import sys; from handler.web.cards import face, model_face, site_faces; "
        "print(sorted({'uharfbuzz', 'PIL', 'handler.web.cards.text.fonts'} & set(sys.modules)))"
    )
    run = [sys.executable, "-c", code]
    done = subprocess.run(run, cwd=PROJECT, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_a_card_is_said_in_words_for_those_who_do_not_see_it() -> None:
    assert in_words(HERMES_FACE) == (
        "Nous: Hermes 4 405B. Input $1/M, Output $3/M, Context 131K tokens. text → text"
    )
    compared = Face(kicker="2 models", rows=(Row("One", ("$1", "$3", "131K")),), footnote="US$")
    assert in_words(compared) == "2 models. One: $1, $3, 131K. US$"
