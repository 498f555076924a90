import re
import subprocess
import sys
from typing import Any

import pytest

from handler.web.cards.content.card_content import (
    CardContent,
    Stat,
    TableRow,
    alt_text,
    content_hash,
    hash_with_drawing,
)
from handler.web.cards.content.model import model_card
from tests.support.builders import HERMES, model
from tests.support.constants import PROJECT
from tests.support.pages.card_contents import HERMES_CARD

CHANGES: dict[str, Any] = {
    "title": "Hermes 5",
    "plain_title": "nousresearch/hermes-5",
    "identicon_seed": "acme",
    "kicker": "Acme",
    "badge": "No longer listed",
    "is_warning": True,
    "alt_badge": "On OpenRouter since August 2025",
    "is_greyed": True,
    "chips": ("Tools",),
    "meter": 40,
    "stats": (Stat("Price", "Free"),),
    "columns": (Stat("Input", "", "/M"),),
    "rows": (TableRow("Hermes", ("$1",)),),
    "footnote": "text → speech",
    "site": "Pennant",
}

ALL_FIELDS = CardContent(
    title="Modèle \U0001f42c",
    plain_title="acme/one",
    identicon_seed="acme",
    kicker="Acme",
    badge="Until 30 September 2026",
    is_warning=True,
    stats=(Stat("Input", "$1.25", "/M"), Stat("Context, tokens", "131K")),
    columns=(Stat("Input", "", "/M"), Stat("Context", "")),
    rows=(TableRow("One", ("$1", "131K")), TableRow("Two", ("Free",))),
    footnote="text → text",
    site="Pennant",
)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (CardContent(), "d0f262761b8bb79c"),
        (CardContent("One"), "3cf741c7b0d18c43"),
        (CardContent("broken \ud800 half"), "0b5d281bdcb6fbe8"),
        (HERMES_CARD, "215b7f125270d924"),
        (ALL_FIELDS, "ea4687d53da5aa73"),
    ],
    ids=["empty", "title", "surrogate", "model", "all fields"],
)
def test_hashes_in_shared_urls_stay_the_same(content: CardContent, expected: str) -> None:
    """Another hash is another URL for every card: only another drawing may change it."""
    assert hash_with_drawing(content, "one drawing") == expected


def test_every_field_has_a_change_to_try() -> None:
    assert set(CHANGES) == set(CardContent._fields)


@pytest.mark.parametrize("field", CHANGES)
def test_hash_changes_with_every_field(field: str) -> None:
    changed = HERMES_CARD._replace(**{field: CHANGES[field]})

    assert content_hash(changed) != content_hash(HERMES_CARD)
    assert re.fullmatch("[0-9a-f]{16}", content_hash(changed))


@pytest.mark.parametrize(
    "change",
    [
        {"benchmarks": {"design_arena": [{"elo": 1300}]}},
        {"description": "Another description."},
        {"supported_parameters": ["seed"]},
        {"default_parameters": {"temperature": 1}},
        {"created": 1},
    ],
    ids=str,
)
def test_hash_ignores_facts_that_are_not_on_the_card(change: dict[str, Any]) -> None:
    assert content_hash(model_card(model({**HERMES, **change}))) == content_hash(HERMES_CARD)


def test_importing_card_contents_does_not_import_the_renderer() -> None:
    code = (
        "import sys; from handler.web.cards.content import card_content, model, site; "
        "print(sorted({'uharfbuzz', 'PIL', 'handler.web.cards.text.fonts'} & set(sys.modules)))"
    )
    run = [sys.executable, "-c", code]
    done = subprocess.run(run, cwd=PROJECT, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_alt_text_has_stats_rows_and_footnote() -> None:
    assert alt_text(HERMES_CARD) == (
        "Nous: Hermes 4 405B. Input $1 per 1M tokens, Output $3 per 1M tokens, Context 131K tokens."
    )
    comparison = CardContent(
        kicker="2 models",
        columns=(Stat("Input / 1M", ""), Stat("Cost", "")),
        rows=(TableRow("One", ("$1", "$3")), TableRow("Two", ("Free",))),
        badge="since August",
        alt_badge="On OpenRouter since August",
        chips=("Tools", "Vision"),
        footnote="as of May · US$",
    )
    assert alt_text(comparison) == (
        "2 models. One: input $1, cost $3. Two: Free. Tools, Vision. On OpenRouter since August. "
        "As of May. US$."
    )
