from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from handler.domain.catalog.lifetime import Retirement
from handler.domain.catalog.model_history import PRICE, new_history
from handler.domain.catalog.timeline import ChangePoint
from handler.web.cards.content.card_content import CardContent, Stat, alt_text
from handler.web.cards.content.model import CardFacts, card_for_profile, model_card
from tests.support.builders import AS_OF, HERMES, making, model, priced, profile, record, withdrawn
from tests.support.pages.card_contents import TIERED


def test_card_shows_vendor_title_prices_and_modalities() -> None:
    assert model_card(model(HERMES), CardFacts(arena_rank=(12, 393))) == CardContent(
        title="Hermes 4 405B",
        plain_title="nousresearch/hermes-4-405b",
        identicon_seed="nousresearch",
        kicker="Nous",
        badge="Arena #12 of 393",
        stats=(
            Stat("Input / 1M tokens", "$1"),
            Stat("Output / 1M tokens", "$3"),
            Stat("Context, tokens", "131K"),
        ),
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
            (Stat("Input / 1M characters", "$15"),),
        ),
        (TIERED, (Stat("Input / 1M tokens", "$1+"), Stat("Output / 1M tokens", "$10+"))),
        (
            record(pricing={"image_output": "0.04"}, architecture=making("image")),
            (Stat("Image output", "$0.04", "/image"),),
        ),
        (
            record(
                pricing={"prompt": "0", "image_output": "0.00003"}, architecture=making("image")
            ),
            (Stat("Images / 1M tokens", "$30"),),
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

    assert [stat.label for stat in card.stats] == [
        "Input / 1M tokens",
        "Output / 1M tokens",
        "Images / 1M tokens",
    ]
    assert card.footnote == "272K context"


AHEAD = Retirement(date(2026, 9, 30), "Retires on", "")
OVERDUE = Retirement(date(2026, 9, 30), "Was due to retire on", "", is_overdue=True)


@pytest.mark.parametrize(
    ("raw", "options", "badge", "is_warning"),
    [
        ({}, {}, "", False),
        ({}, {"released": date(2026, 8, 22)}, "Since August 2026", False),
        ({}, {"arena_rank": (1, 1393)}, "Arena #1 of 1,393", False),
        (
            {},
            {"arena_rank": (1, 9), "price_change": "−32% since April"},
            "Price −32% since April",
            False,
        ),
        ({}, {"price_change": "Free since May"}, "Free since May", False),
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
    card = model_card(model(record(**raw)), CardFacts(**options))

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


def test_alt_text_says_since_when_a_model_is_listed() -> None:
    card = model_card(model(HERMES), CardFacts(released=date(2025, 8, 26)))

    assert alt_text(card).endswith("131K tokens. On OpenRouter since August 2025.")


def test_chips_are_abilities_and_outputs_other_than_text() -> None:
    raw = record(
        supported_parameters=["structured_outputs", "seed", "tools", "reasoning"],
        architecture={
            "input_modalities": ["text", "file", "image"],
            "output_modalities": ["text", "image"],
        },
    )

    assert model_card(model(raw)).chips == (
        *("Image output", "Reasoning", "Tools", "Vision", "Files", "Structured outputs"),
    )


def test_withdrawn_card_is_greyed_and_has_no_position() -> None:
    scales = {"text": tuple(map(Decimal, range(1, 20)))}

    card = card_for_profile(withdrawn(HERMES), AS_OF, scales)

    assert (card.is_greyed, card.meter, card.badge) == (True, None, "No longer listed")


def test_card_places_the_price_among_those_of_its_kind() -> None:
    scales = {"text": tuple(map(Decimal, range(1, 20)))}

    card = card_for_profile(profile(HERMES), AS_OF, scales)

    assert (card.meter, card.footnote) == (7, "Cheaper than 90% of paid text models")
    assert card_for_profile(profile(HERMES), AS_OF).meter is None


def test_card_names_a_change_of_price() -> None:
    dearer = {**HERMES, "pricing": {"prompt": "0.000002", "completion": "0.000006"}}
    known = profile(HERMES)
    first = new_history(model(dearer), AS_OF - timedelta(days=40)).timelines[PRICE]
    prices = (*first, ChangePoint(AS_OF, HERMES["pricing"]))
    history = known.history._replace(timelines={**known.history.timelines, PRICE: prices})

    card = card_for_profile(known._replace(history=history), AS_OF)

    assert card.badge == "Price −50% since 22 August"
