import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from handler.domain.catalog.usage import Usage, citation, from_json, parse_rankings, to_json
from tests.support.hostile.text import HOSTILE_TEXT

DAY = date(2026, 8, 21)


def row(days_ago: int, slug: str, tokens: Any) -> dict[str, Any]:
    day = (DAY - timedelta(days=days_ago)).isoformat()
    return {"date": day, "model_permaslug": slug, "total_tokens": tokens}


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


def test_share_counts_all_tokens_and_other_is_no_model() -> None:
    rows = [row(0, "acme/one", "600"), row(0, "acme/two", "100"), row(0, "other", "300")]

    assert parse_rankings(rows) == {
        "acme/one": Usage(tokens=600, rank=1, days=((DAY, 0.6),)),
        "acme/two": Usage(tokens=100, rank=2, days=((DAY, 0.1),)),
    }


def test_models_are_ranked_by_their_tokens() -> None:
    rows = [row(0, f"acme/{n}", str(tokens)) for n, tokens in enumerate((100, 600, 300))]

    assert {slug: usage.rank for slug, usage in parse_rankings(rows).items()} == {
        "acme/1": 1,
        "acme/2": 2,
        "acme/0": 3,
    }


def test_usage_has_every_ranked_day() -> None:
    rows = [
        row(0, "acme/one", "20"),
        row(0, "other", "80"),
        row(1, "other", "100"),
        row(2, "acme/one", "5"),
        row(2, "other", "95"),
        row(3, "acme/one", "15"),
        row(3, "other", "85"),
    ]
    usage = parse_rankings(rows)["acme/one"]

    assert usage == Usage(20, 1, ((ago(3), 0.15), (ago(2), 0.05), (DAY, 0.2)))
    assert usage.share == 0.2
    assert usage.trend == pytest.approx(1.0)


@pytest.mark.parametrize(
    "before", [(), ((ago(1), 0.0),)], ids=["no days before", "nothing used before"]
)
def test_no_trend_without_earlier_usage(before: tuple[tuple[date, float], ...]) -> None:
    assert Usage(1, 1, (*before, (DAY, 0.5))).trend is None


def test_model_outside_the_latest_ranking_has_no_usage() -> None:
    rows = [row(1, "acme/gone", "10"), row(0, "acme/one", "10")]

    assert list(parse_rankings(rows)) == ["acme/one"]


def test_equal_tokens_are_ranked_by_slug() -> None:
    rows = [row(0, name, "10") for name in ("b/b", "a/a", "c/c")]

    assert {slug: usage.rank for slug, usage in parse_rankings(rows).items()} == {
        "a/a": 1,
        "b/b": 2,
        "c/c": 3,
    }


@pytest.mark.parametrize(
    "bad",
    [
        None,
        "row",
        {},
        row(0, "", "10"),
        row(0, "acme/bad", None),
        row(0, "acme/bad", -1),
        row(0, "acme/bad", "-1"),
        row(0, "acme/bad", "1e9"),
        row(0, "acme/bad", "١٢"),
        row(0, "acme/bad", True),
        row(0, "acme/bad", 1.5),
        row(0, "acme/bad", "9" * 5_000),
        {**row(0, "acme/bad", "10"), "date": "today"},
        {**row(0, "acme/bad", "10"), "date": 20260821},
        {**row(0, "acme/bad", "10"), "model_permaslug": 7},
        row(0, "acme/one", "999"),
    ],
    ids=[
        "null",
        "text",
        "{}",
        "no model",
        "no tokens",
        "negative",
        "negative text",
        "a float",
        "other digits",
        "true",
        "half a token",
        "5,000 digits",
        "a word for a day",
        "a number for a day",
        "a number for a model",
        "repeated",
    ],
)
def test_unreadable_row_is_skipped_alone(bad: Any) -> None:
    assert parse_rankings([row(0, "acme/one", 10), bad]) == {
        "acme/one": Usage(10, 1, ((DAY, 1.0),))
    }


@pytest.mark.parametrize(
    "rows", [[], [None], [row(0, "acme/one", "0")]], ids=["no rows", "bad rows", "no tokens"]
)
def test_rows_without_tokens_give_no_usage(rows: list[Any]) -> None:
    assert parse_rankings(rows) == {}


def test_old_days_are_dropped() -> None:
    rows = [row(0, "a/a", "1"), row(61, "a/a", "1"), row(62, "a/a", "1"), row(40_000, "a/a", "1")]

    assert parse_rankings(rows) == {"a/a": Usage(1, 1, ((ago(61), 1.0), (DAY, 1.0)))}


@pytest.mark.parametrize("text", HOSTILE_TEXT.values(), ids=HOSTILE_TEXT)
def test_hostile_slugs_are_bounded(text: str) -> None:
    assert all(len(slug) <= 200 for slug in parse_rankings([row(0, text * 100, "1")]))


def test_stored_form_is_compact_and_restores_usage() -> None:
    usage = Usage(20, 3, ((ago(3), 0.15), (ago(2), 0.05), (DAY, 0.2)))
    stored: Mapping[str, Any] = json.loads(json.dumps(to_json(usage)))

    assert stored == {
        "tokens": 20,
        "rank": 3,
        "from": "2026-08-18",
        "shares": [0.15, 0.05, None, 0.2],
    }
    assert from_json(stored) == usage


def test_citation_is_that_of_the_licence() -> None:
    assert citation("2026-08-22T02:00:00Z") == (
        "Source: OpenRouter (openrouter.ai/rankings), as of 2026-08-22T02:00:00Z."
    )
