from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from handler.domain.catalog.model_history import ModelHistory, new_history
from handler.domain.catalog.profile import Profile
from handler.domain.catalog.timeline import ChangePoint
from handler.web.pages.model.price_history import price_history_section
from handler.web.pages.model.prices import unchanged_prices_label
from tests.support.builders import making, model, record

FIRST = datetime(2026, 8, 1, tzinfo=UTC)
END = FIRST + timedelta(days=10)
ONE = {"prompt": "0.000001", "completion": "0.000003"}
TWO = {**ONE, "prompt": "0.000002"}
CACHED = {**ONE, "input_cache_read": "0.0000001"}


def priced_daily(*prices: dict[str, Any], outputs: str = "text") -> Profile:
    """Return a model whose prices changed every day."""
    one = model(record(pricing=prices[-1], architecture=making(outputs)))
    points = tuple(
        ChangePoint(FIRST + timedelta(days=n), listed) for n, listed in enumerate(prices)
    )
    return Profile(one, ModelHistory({**new_history(one, FIRST).timelines, "price": points}), END)


@pytest.mark.parametrize(
    ("prices", "description"),
    [
        ((ONE, TWO), "Input went from $1 to $2 (+100%), changing once. Output stayed at $3."),
        ((ONE, TWO, ONE), "Input went from $1 to $1 (±0%), changing 2 times. Output stayed at $3."),
        (
            ({}, ONE),
            "Input went from not published to $1, changing once. "
            "Output went from not published to $3, changing once.",
        ),
    ],
    ids=["once", "there and back", "published later"],
)
def test_section_describes_the_chart(prices: tuple[dict[str, Any], ...], description: str) -> None:
    section = price_history_section(priced_daily(*prices), END)

    assert section
    assert (section.description, section.start, section.end, section.truncated) == (
        description,
        FIRST,
        END,
        False,
    )


@pytest.mark.parametrize(
    ("profile", "unchanged"),
    [
        (priced_daily(ONE), "Prices"),
        (priced_daily(ONE, CACHED), "Input and output prices"),
        (priced_daily({"prompt": "0.00001"}, {"prompt": "0.00002"}, outputs="speech"), None),
        (priced_daily({}), None),
    ],
    ids=["all", "these", "other units", "not published"],
)
def test_unchanged_prices_have_a_label_and_no_chart(
    profile: Profile, unchanged: str | None
) -> None:
    assert (price_history_section(profile, END), unchanged_prices_label(profile)) == (
        None,
        unchanged,
    )
