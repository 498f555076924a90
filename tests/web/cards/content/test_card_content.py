import re
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from handler.web.cards.content.card_content import (
    RENDERER_VERSIONS,
    CardContent,
    Stat,
    TableRow,
    alt_text,
    content_hash,
)
from handler.web.cards.content.model import model_card
from tests.support.builders import HERMES, model
from tests.support.card_contents import HERMES_FACE

PROJECT = Path(__file__).resolve().parents[4]

CHANGES: dict[str, Any] = {
    "title": "Hermes 5",
    "plain_title": "nousresearch/hermes-5",
    "identicon_seed": "acme",
    "kicker": "Acme",
    "badge": "No longer listed",
    "is_warning": True,
    "stats": (Stat("Price", "Free"),),
    "columns": (Stat("Input", "", "/M"),),
    "rows": (TableRow("Hermes", ("$1",)),),
    "footnote": "text → speech",
    "site": "Pennant",
}


def test_every_field_has_a_change_to_be_tried() -> None:
    assert set(CHANGES) == {field.name for field in fields(CardContent)}


@pytest.mark.parametrize("field", CHANGES)
def test_the_hash_changes_with_whatever_a_card_shows(field: str) -> None:
    changed = replace(HERMES_FACE, **{field: CHANGES[field]})

    assert content_hash(changed) != content_hash(HERMES_FACE)
    assert re.fullmatch("[0-9a-f]{16}", content_hash(changed))


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
    assert content_hash(model_card(model({**HERMES, **change}))) == content_hash(HERMES_FACE)


def test_the_hash_covers_the_packages_that_draw_as_they_are_pinned() -> None:
    pinned = (PROJECT / "requirements.txt").read_text("utf-8").splitlines()

    assert set(RENDERER_VERSIONS) == {
        line for line in pinned if re.match(r"uharfbuzz|fontpkg-|manimgx|noto", line)
    }


def test_text_that_is_no_unicode_has_a_hash_too() -> None:
    assert content_hash(CardContent("broken \ud800 half")) != content_hash(
        CardContent("broken half")
    )


def test_naming_a_card_does_not_load_what_draws_it() -> None:
    code = (
        "import sys; from handler.web.cards.content import card_content, model, site; "
        "print(sorted({'uharfbuzz', 'PIL', 'handler.web.cards.text.fonts'} & set(sys.modules)))"
    )
    run = [sys.executable, "-c", code]
    done = subprocess.run(run, cwd=PROJECT, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_a_card_is_said_in_words_for_those_who_do_not_see_it() -> None:
    assert alt_text(HERMES_FACE) == (
        "Nous: Hermes 4 405B. Input $1/M, Output $3/M, Context 131K tokens. text → text"
    )
    compared = CardContent(
        kicker="2 models", rows=(TableRow("One", ("$1", "$3", "131K")),), footnote="US$"
    )
    assert alt_text(compared) == "2 models. One: $1, $3, 131K. US$"
