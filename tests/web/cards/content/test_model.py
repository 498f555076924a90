from datetime import date
from typing import Any

import pytest

from handler.web.cards.content.card_content import CardContent, Stat, TableRow
from handler.web.cards.content.model import comparison_card, model_card, split_display_name
from tests.support.builders import HERMES, making, model, priced, record

TIERED: dict[str, Any] = priced("acme/tiered", "0.000001", "0.00001")
TIERED["pricing"]["overrides"] = [
    {"min_prompt_tokens": 200_000, "prompt": "0.000002", "completion": "0.00002"}
]


def test_a_face_says_whose_model_what_it_costs_and_what_it_takes() -> None:
    assert model_card(model(HERMES), arena_rank=(12, 393)) == CardContent(
        title="Hermes 4 405B",
        plain_title="nousresearch/hermes-4-405b",
        identicon_seed="nousresearch",
        kicker="Nous",
        badge="Arena #12 of 393",
        stats=(
            Stat("Input", "$1", "/M"),
            Stat("Output", "$3", "/M"),
            Stat("Context, tokens", "131K"),
        ),
        footnote="text → text",
    )


@pytest.mark.parametrize(
    ("raw", "figures"),
    [
        (record(), (Stat("Price", "Not published"),)),
        (priced("acme/one:free", "0", "0"), (Stat("Price", "Free"),)),
        (priced("acme/router", "-1", "-1"), (Stat("Price", "Variable"),)),
        (
            priced("acme/video", "0", "0", architecture=making("video")),
            (Stat("Price set by", "Provider"),),
        ),
        (
            priced("acme/ear", "0.0001", "0", architecture=making("transcription")),
            (Stat("Billed", "By length", "of audio"),),
        ),
        (
            priced("acme/voice", "0.000015", "0", architecture=making("speech")),
            (Stat("Characters in", "$15", "/M"),),
        ),
        (TIERED, (Stat("Input from", "$1", "/M"), Stat("Output from", "$10", "/M"))),
        (
            record(pricing={"image_output": "0.04"}, architecture=making("image")),
            (Stat("Image output", "$0.04", "/image"),),
        ),
        (
            record(
                pricing={"prompt": "0", "image_output": "0.00003"}, architecture=making("image")
            ),
            (Stat("Image tokens out", "$30", "/M"),),
        ),
    ],
    ids=str,
)
def test_a_price_that_is_no_number_of_dollars_is_said_in_words_and_never_as_zero(
    raw: dict[str, Any], figures: tuple[Stat, ...]
) -> None:
    assert model_card(model(raw)).stats == figures


def test_a_third_price_moves_the_context_to_the_foot() -> None:
    pricing = {"prompt": "0.000001", "completion": "0.000002", "image_output": "0.00003"}
    raw = record(pricing=pricing, architecture=making("text", "image"), context_length=272_000)

    face = model_card(model(raw))

    assert [figure.label for figure in face.stats] == ["Input", "Output", "Image tokens out"]
    assert face.footnote == "272K context · text → text, image"


@pytest.mark.parametrize(
    ("raw", "options", "badge", "warns"),
    [
        ({}, {}, "", False),
        ({}, {"released": date(2026, 8, 22)}, "since August 2026", False),
        ({}, {"arena_rank": (1, 1393)}, "Arena #1 of 1,393", False),
        ({"alias_target": {"slug": "acme/two"}}, {"arena_rank": (1, 9)}, "Now two", False),
        ({"expiration_date": "2026-09-30"}, {}, "Until 30 September 2026", True),
        ({"expiration_date": "2026-09-30"}, {"is_withdrawn": True}, "No longer listed", True),
    ],
    ids=str,
)
def test_the_badge_warns_before_it_ranks_and_ranks_before_it_dates(
    raw: dict[str, Any], options: dict[str, Any], badge: str, warns: bool
) -> None:
    face = model_card(model(record(**raw)), **options)

    assert (face.badge, face.is_warning) == (badge, warns)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Google: Gemini 2.5 Pro", ("Google", "Gemini 2.5 Pro")),
        ("Auto Router", ("acme", "Auto Router")),
        ("Ratio 3:1", ("acme", "Ratio 3:1")),
        ("Acme: ", ("acme", "Acme:")),
        (f"{'long ' * 20}: x", ("acme", f"{'long ' * 20}: x")),
    ],
)
def test_a_vendor_before_the_colon_stands_apart(name: str, expected: tuple[str, str]) -> None:
    assert split_display_name(model(record(name=name))) == expected


def test_a_comparison_has_a_row_for_each_model() -> None:
    voice = priced("acme/voice", "0.000015", "0", architecture=making("speech"))
    embeddings = priced("acme/embed", "0.0000001", "0", context_length=8192)
    router = priced("acme/router", "-1", "-1", context_length=2_000_000)

    face = comparison_card([model(raw) for raw in (HERMES, TIERED, voice, embeddings, router)])

    assert face == CardContent(
        kicker="5 models side by side",
        columns=(Stat("Input", "", "/M"), Stat("Output", "", "/M"), Stat("Context", "")),
        rows=(
            TableRow("Hermes 4 405B", ("$1", "$3", "131K")),
            TableRow("acme/tiered", ("$1+", "$10+", "—")),
            TableRow("acme/voice", ("$15/M characters", "—")),
            TableRow("acme/embed", ("$0.10", "—", "8K")),
            TableRow("acme/router", ("Variable", "2M")),
        ),
        footnote="US dollars per million tokens; + more in some tiers",
    )
