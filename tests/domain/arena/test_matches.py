from typing import Any

import pytest

from handler.domain.arena.candidates import RejectedMatch
from handler.domain.arena.matches import Ambiguity, MatchResult
from handler.domain.arena.rank import ArenaRank
from tests.support.builders import making, record
from tests.support.rankings import PUBLISHED, matched

JUNE_2025 = 1748736000  # 2025-06-01
REASONING = {"supported_efforts": ["max", "high", "low"], "default_effort": "high"}
THINKS = {"reasoning": REASONING}


def pairs(matching: MatchResult) -> dict[str, str]:
    return {model_id: standing.name for model_id, standing in matching.ranks.items()}


def hows(matching: MatchResult) -> dict[str, str]:
    return {model_id: standing.match_reason for model_id, standing in matching.ranks.items()}


def test_a_model_stands_where_the_row_of_its_name_does() -> None:
    matching = matched(["Other", "One 2.5"], record("acme/one-2.5"), record("acme/three"))

    standing = ArenaRank(
        2, 2, 1500.0, 1490.0, 1510.0, 900, PUBLISHED, "One 2.5", "same name as its id", None
    )
    assert matching.ranks == {"acme/one-2.5": standing}
    assert matching.model_ids == ("acme/one-2.5", "acme/three")


@pytest.mark.parametrize(
    ("row", "fields", "how"),
    [
        ("one-2", {}, "same name as its id"),
        ("acme-one-2", {}, "same name as its id with the author in front"),
        (
            "one-2-0105",
            {"canonical_slug": "acme/one-2-2026-01-05"},
            "same name as its canonical slug",
        ),
        (
            "one-2b-instruct",
            {"hugging_face_id": "AC/One-2B-Instruct"},
            "same name as its Hugging Face id",
        ),
        ("one-2-20250520", {"created": JUNE_2025}, "same name as its id, without the date"),
        ("one-2-0520", {"created": JUNE_2025}, "same name as its id, without the date"),
        ("one-2 (High)", THINKS, "same name as its id, ranked at high effort"),
        ("one-2-thinking-16k", THINKS, "same name as its id, ranked while thinking"),
        ("one-2-no-thinking", THINKS, "same name as its id, ranked without thinking"),
        (
            "one-2-20250520-max",
            {"created": JUNE_2025, **THINKS},
            "same name as its id, without the date, ranked at max effort",
        ),
    ],
)
def test_a_match_says_how_it_was_found(row: str, fields: dict[str, Any], how: str) -> None:
    assert hows(matched([row], record("acme/one-2", **fields))) == {"acme/one-2": how}


@pytest.mark.parametrize(
    ("row", "model_id", "fields", "why"),
    [
        ("one-20240919", "acme/one", {"created": JUNE_2025}, "its date is not the model's"),
        ("one-20250715", "acme/one", {"created": JUNE_2025}, "its date is not the model's"),
        ("one-20250520", "acme/one", {}, "its date is not the model's"),
        ("one-0919", "acme/one", {"created": JUNE_2025}, "its date is not the model's"),
        ("one-0613", "acme/one-0314", {"created": JUNE_2025}, "they have different dates"),
        (
            "one-03-25",
            "acme/one-05-06",
            {"canonical_slug": "acme/one-03-25"},
            "they have different dates",
        ),
        ("one", "acme/one-0731", {}, "the model has a date, and the row has none"),
        ("one-max", "acme/one", {}, "the model has no effort called max"),
        ("one-xhigh", "acme/one", THINKS, "the model has no effort called xhigh"),
        ("one", "nadir/one", {}, "it is by acme, not by nadir"),
    ],
)
def test_a_row_that_something_contradicts_is_refused_and_says_why(
    row: str, model_id: str, fields: dict[str, Any], why: str
) -> None:
    matching = matched([row], record(model_id, **fields))

    assert matching.ranks == {}
    assert matching.rejections == (RejectedMatch(row, model_id, why),)


@pytest.mark.parametrize(
    ("row", "model_id"),
    [
        ("one-preview", "acme/one"),
        ("one-exp", "acme/one"),
        ("one-preview-06-05", "acme/one"),
        ("one", "acme/one-preview"),
        ("one-latest-20250520", "acme/one"),
        ("one-2402", "acme/one"),
        ("one-instant", "acme/one"),
        ("one-high-preview", "acme/one"),
        ("one-fast", "acme/one"),
        ("one", "acme/one-fast"),
        ("one-32k", "acme/one"),
        ("one-fp8", "acme/one"),
    ],
)
def test_previews_versions_and_other_models_of_a_family_are_not_each_other(
    row: str, model_id: str
) -> None:
    matching = matched([row], record(model_id, created=JUNE_2025, **THINKS))

    assert matching.ranks == {}


def test_rows_of_several_dates_leave_a_model_without_one_unranked() -> None:
    matching = matched(["one-0501", "one-0520"], record("acme/one", created=JUNE_2025))

    why = "rows of several dates have this name"
    assert matching.ranks == {}
    assert matching.rejections == (
        RejectedMatch("one-0501", "acme/one", why),
        RejectedMatch("one-0520", "acme/one", why),
    )


def test_a_model_of_the_same_date_is_found_among_several() -> None:
    records = [record("acme/one", created=JUNE_2025), record("acme/one-0520")]

    matching = matched(["one-0501", "one-0520"], *records)

    assert pairs(matching) == {"acme/one-0520": "one-0520"}


@pytest.mark.parametrize(
    ("rows", "winner"),
    [
        (["one-high", "one"], "one"),
        (["one-0520-high", "one-0520"], "one-0520"),
        (["one-0520", "one"], "one"),
        (["one-max", "one-high"], "one-high"),
        (["one-20250520-high", "one-max"], "one-20250520-high"),
        (["one-it", "one"], "one"),
    ],
    ids=[
        "no effort",
        "no effort but a date",
        "no date",
        "the default",
        "a default with a date",
        "the id",
    ],
)
def test_of_several_rows_the_nearest_is_the_rank(rows: list[str], winner: str) -> None:
    raw = record("acme/one", created=JUNE_2025, hugging_face_id="acme/One-IT", **THINKS)

    matching = matched(rows, raw)

    loser = next(row for row in rows if row != winner)
    assert pairs(matching) == {"acme/one": winner}
    assert matching.rejections == (RejectedMatch(loser, "acme/one", f"{winner} is nearer"),)
    assert matching.ambiguities == ()


def test_the_default_of_several_efforts_says_that_it_is_one() -> None:
    matching = matched(["one-max", "one-high"], record("acme/one", **THINKS))

    assert hows(matching) == {"acme/one": "same name as its id, ranked at high effort, its default"}


def test_several_efforts_without_a_default_are_ambiguous() -> None:
    matching = matched(
        ["one-thinking", "one-no-thinking"],
        record("acme/one", supported_parameters=["reasoning"]),
    )

    assert matching.ranks == {}
    assert matching.ambiguities == (Ambiguity("acme/one", ("one-no-thinking", "one-thinking")),)


def test_two_rows_of_the_same_name_are_ambiguous() -> None:
    matching = matched(["one-2", "One 2"], record("acme/one-2"))

    assert matching.ranks == {}
    assert matching.ambiguities == (Ambiguity("acme/one-2", ("One 2", "one-2")),)


def test_a_row_of_several_models_is_ambiguous() -> None:
    matching = matched(
        ["shared"],
        record("acme/two", canonical_slug="acme/shared"),
        record("acme/one", canonical_slug="acme/shared"),
    )

    assert matching.ranks == {}
    assert matching.ambiguities == (Ambiguity("shared", ("acme/one", "acme/two")),)


def test_the_model_of_that_very_id_is_before_others_that_share_the_name() -> None:
    records = [record("acme/one"), record("acme/two", hugging_face_id="acme/One")]

    assert pairs(matched(["one"], *records)) == {"acme/one": "one"}


def test_a_name_that_a_model_has_twice_is_the_surer_of_the_two() -> None:
    raw = record("acme/one", canonical_slug="acme/one", hugging_face_id="AC/One")

    assert hows(matched(["one"], raw)) == {"acme/one": "same name as its id"}


def test_a_model_named_for_an_effort_keeps_its_row() -> None:
    records = [record("acme/one-high"), record("acme/one", **THINKS)]

    assert pairs(matched(["one-high"], *records)) == {"acme/one-high": "one-high"}


@pytest.mark.parametrize(
    ("row", "fields", "found"),
    [
        ("One", {}, True),
        ("one-20250520", {"created": JUNE_2025}, False),
        ("one-0520", {"canonical_slug": "acme/one-2025-05-20"}, False),
        ("one-high", THINKS, False),
        ("one-it", {"hugging_face_id": "other/One-IT"}, False),
    ],
    ids=[
        "whole",
        "without a date",
        "a date written otherwise",
        "without an effort",
        "of Hugging Face",
    ],
)
def test_a_row_of_nobody_matches_a_whole_name_only(
    row: str, fields: dict[str, Any], found: bool
) -> None:
    matching = matched([row], record("acme/one", **fields), by="")

    assert pairs(matching) == ({"acme/one": row} if found else {})


def test_a_row_of_nobody_is_ambiguous_among_authors() -> None:
    matching = matched(["one"], record("acme/one"), record("nadir/one"), by="")

    assert matching.ambiguities == (Ambiguity("one", ("acme/one", "nadir/one")),)


def test_a_model_that_writes_no_text_has_no_rank_for_text() -> None:
    assert matched(["one"], record("acme/one", architecture=making("image"))).ranks == {}


def test_variants_and_aliases_show_the_rank_of_the_model_they_are() -> None:
    matching = matched(
        ["one"],
        record("~acme/latest", alias_target={"slug": "acme/one", "name": "One"}),
        record("~acme/gone", alias_target={"slug": "acme/zero", "name": "Zero"}),
        record("~acme/none"),
        record("acme/one:free"),
        record("acme/one:batch"),
        record("acme/one:thinking", **THINKS),
        record("acme/one:turbo"),
        record("acme/one"),
    )

    assert {one: standing.inherited_from for one, standing in matching.ranks.items()} == {
        "~acme/latest": "acme/one",
        "acme/one:free": "acme/one",
        "acme/one:batch": "acme/one",
        "acme/one": None,
    }
    assert {standing.name for standing in matching.ranks.values()} == {"one"}


def test_a_variant_without_its_base_model_has_the_rank_itself() -> None:
    matching = matched(["one"], record("acme/one:free"), record("acme/one:batch"))

    assert {one: standing.inherited_from for one, standing in matching.ranks.items()} == {
        "acme/one:free": None,
        "acme/one:batch": "acme/one:free",
    }


def test_the_thinking_mode_has_the_rank_of_thinking() -> None:
    raw = [record("acme/one", **THINKS), record("acme/one:thinking", **THINKS)]

    matching = matched(["one-thinking-32k", "one"], *raw)

    assert pairs(matching) == {"acme/one": "one", "acme/one:thinking": "one-thinking-32k"}
    assert hows(matching)["acme/one:thinking"] == "same name as its id, ranked while thinking"


def test_a_row_for_thinking_is_not_the_base_model_where_the_mode_is_listed() -> None:
    raw = [record("acme/one", **THINKS), record("acme/one:thinking", **THINKS)]

    assert pairs(matched(["one-thinking"], *raw)) == {"acme/one:thinking": "one-thinking"}


def test_a_review_decides_where_no_rule_does() -> None:
    matching = matched(
        ["mistral-medium-2505", "mistral-medium-3"],
        record("mistralai/mistral-medium-3:free"),
        record("mistralai/mistral-medium-3"),
        by="mistral",
    )

    standing = matching.ranks["mistralai/mistral-medium-3"]
    assert (standing.name, standing.match_reason, standing.inherited_from) == (
        "mistral-medium-2505",
        "reviewed by hand: the version of May 2025",
        None,
    )
    assert pairs(matching)["mistralai/mistral-medium-3:free"] == "mistral-medium-2505"


def test_a_review_holds_for_a_variant_without_its_base_model() -> None:
    free = record("mistralai/mistral-medium-3:free")

    matching = matched(["mistral-medium-2505"], free, by="mistral")

    assert pairs(matching) == {"mistralai/mistral-medium-3:free": "mistral-medium-2505"}


def test_a_review_refuses_a_name_that_misleads() -> None:
    matching = matched(
        ["mistral-7b-instruct"], record("mistralai/mistral-7b-instruct"), by="mistral"
    )

    assert matching.ranks == {}
    assert [(refusal.name, refusal.model_id) for refusal in matching.rejections] == [
        ("mistral-7b-instruct", "")
    ]


def test_an_empty_leaderboard_ranks_nobody() -> None:
    assert matched([], record("acme/one")).ranks == {}
