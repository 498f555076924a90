from datetime import date
from typing import Any

import pytest

from handler.domain.catalog.lifetime import Retirement
from handler.web.cards.content.card_content import CardContent, Stat
from handler.web.cards.content.model import model_card
from tests.support.builders import HERMES, making, model, priced, record
from tests.support.pages.card_contents import TIERED


def test_card_shows_vendor_title_prices_and_modalities() -> None:
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
    ("raw", "stats"),
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
def test_prices_are_amounts_with_units_or_words_never_zero(
    raw: dict[str, Any], stats: tuple[Stat, ...]
) -> None:
    assert model_card(model(raw)).stats == stats


def test_a_third_price_moves_the_context_to_the_footnote() -> None:
    pricing = {"prompt": "0.000001", "completion": "0.000002", "image_output": "0.00003"}
    raw = record(pricing=pricing, architecture=making("text", "image"), context_length=272_000)

    card = model_card(model(raw))

    assert [stat.label for stat in card.stats] == ["Input", "Output", "Image tokens out"]
    assert card.footnote == "272K context · text → text, image"


AHEAD = Retirement(date(2026, 9, 30), "Retires on", "")
OVERDUE = Retirement(date(2026, 9, 30), "Was due to retire on", "", is_overdue=True)


@pytest.mark.parametrize(
    ("raw", "options", "badge", "is_warning"),
    [
        ({}, {}, "", False),
        ({}, {"released": date(2026, 8, 22)}, "since August 2026", False),
        ({}, {"arena_rank": (1, 1393)}, "Arena #1 of 1,393", False),
        ({"alias_target": {"slug": "acme/two"}}, {"arena_rank": (1, 9)}, "Now two", False),
        ({}, {"retirement": AHEAD, "arena_rank": (1, 9)}, "Until 30 September 2026", True),
        ({}, {"retirement": OVERDUE}, "Was due to retire 30 Sep 2026", True),
        ({}, {"retirement": AHEAD, "is_withdrawn": True}, "No longer listed", True),
    ],
    ids=str,
)
def test_badge_prefers_warnings_to_ranks_and_ranks_to_dates(
    raw: dict[str, Any], options: dict[str, Any], badge: str, is_warning: bool
) -> None:
    card = model_card(model(record(**raw)), **options)

    assert (card.badge, card.is_warning) == (badge, is_warning)


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
def test_kicker_is_the_vendor_before_the_colon(name: str, expected: tuple[str, str]) -> None:
    card = model_card(model(record(name=name)))

    assert (card.kicker, card.title) == expected
