from typing import Any

import pytest

from handler.domain.arena.candidates import RejectedMatch
from handler.domain.arena.matches import Ambiguity, MatchResult
from handler.domain.arena.rank import ArenaRank, OtherEffort
from tests.support.builders import making, record
from tests.support.rankings import PUBLISHED, match_rows

JUNE_2025 = 1748736000  # 2025-06-01
REASONING = {"supported_efforts": ["max", "high", "low"], "default_effort": "high"}
THINKS = {"reasoning": REASONING}


def pairs(result: MatchResult) -> dict[str, str]:
    return {model_id: rank.name for model_id, rank in result.ranks.items()}


def reasons(result: MatchResult) -> dict[str, str]:
    return {model_id: rank.match_reason for model_id, rank in result.ranks.items()}


def test_model_has_the_rank_of_the_row_with_its_name() -> None:
    result = match_rows(["Other", "One 2.5"], record("acme/one-2.5"), record("acme/three"))

    rank = ArenaRank(
        2, 2, 1500.0, 1490.0, 1510.0, 900, PUBLISHED, "One 2.5", "same name as its id", None
    )
    assert result.ranks == {"acme/one-2.5": rank}
    assert result.model_ids == ("acme/one-2.5", "acme/three")


@pytest.mark.parametrize(
    ("row", "fields", "reason"),
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
        ("one-2-fp8", {}, "same name as its id, ranked at FP8 precision"),
        ("one-2-002", {}, "same name as its id, ranked as revision 002"),
        ("one2", {}, "same name as its id, spelled in another way"),
        ("2-one-001", {}, "same name as its id, spelled in another way, ranked as revision 001"),
        (
            "one-2-20250520-max",
            {"created": JUNE_2025, **THINKS},
            "same name as its id, without the date, ranked at max effort",
        ),
    ],
)
def test_match_reason_says_which_name_matched(
    row: str, fields: dict[str, Any], reason: str
) -> None:
    assert reasons(match_rows([row], record("acme/one-2", **fields))) == {"acme/one-2": reason}


@pytest.mark.parametrize(
    ("row", "model_id", "fields", "reason"),
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
def test_contradicting_row_is_rejected_with_a_reason(
    row: str, model_id: str, fields: dict[str, Any], reason: str
) -> None:
    result = match_rows([row], record(model_id, **fields))

    assert result.ranks == {}
    assert result.rejections == (RejectedMatch(row, model_id, reason),)


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
        ("one-turbo-fp8", "acme/one"),
        ("one", "acme/one-fp8"),
        ("one-v2", "acme/one"),
        ("one-fast-pro", "acme/pro-one"),
    ],
)
def test_other_models_of_a_family_are_not_matched(row: str, model_id: str) -> None:
    result = match_rows([row], record(model_id, created=JUNE_2025, **THINKS))

    assert result.ranks == {}


def test_rows_of_several_dates_leave_undated_model_unranked() -> None:
    result = match_rows(["one-0501", "one-0520"], record("acme/one", created=JUNE_2025))

    reason = "rows of several dates have this name"
    assert result.ranks == {}
    assert result.rejections == (
        RejectedMatch("one-0501", "acme/one", reason),
        RejectedMatch("one-0520", "acme/one", reason),
    )


def test_a_date_with_the_year_and_without_is_one() -> None:
    result = match_rows(["one-20250601", "one-0601"], record("acme/one", created=JUNE_2025))

    assert result.rejections == ()
    assert [each.candidates for each in result.ambiguities] == [("one-0601", "one-20250601")]


def test_model_of_the_same_date_is_found_among_several() -> None:
    records = [record("acme/one", created=JUNE_2025), record("acme/one-0520")]

    result = match_rows(["one-0501", "one-0520"], *records)

    assert pairs(result) == {"acme/one-0520": "one-0520"}


@pytest.mark.parametrize(
    ("rows", "winner"),
    [
        (["one-0520", "one"], "one"),
        (["one-fp8", "one"], "one"),
        (["one-20250520-high", "one-max"], "one-20250520-high"),
        (["one-it", "one"], "one"),
    ],
    ids=["no date", "no precision", "a default with a date", "the id"],
)
def test_closest_of_several_rows_is_the_rank(rows: list[str], winner: str) -> None:
    raw = record("acme/one", created=JUNE_2025, hugging_face_id="acme/One-IT", **THINKS)

    result = match_rows(rows, raw)

    loser = next(row for row in rows if row != winner)
    assert pairs(result) == {"acme/one": winner}
    assert result.ranks["acme/one"].other_efforts == ()
    assert result.rejections == (RejectedMatch(loser, "acme/one", f"{winner} is nearer"),)
    assert result.ambiguities == ()


@pytest.mark.parametrize(
    ("rows", "winner", "other"),
    [
        (["one-high", "one"], "one", OtherEffort(1, "one-high", "at high effort")),
        (
            ["one-0520-thinking", "one-0520"],
            "one-0520",
            OtherEffort(1, "one-0520-thinking", "while thinking"),
        ),
        (["one-max", "one-high"], "one-high", OtherEffort(1, "one-max", "at max effort")),
    ],
    ids=["no effort", "no effort but a date", "the default"],
)
def test_rows_of_other_efforts_stand_beside_the_rank(
    rows: list[str], winner: str, other: OtherEffort
) -> None:
    result = match_rows(rows, record("acme/one", created=JUNE_2025, **THINKS))

    assert pairs(result) == {"acme/one": winner}
    assert result.ranks["acme/one"].other_efforts == (other,)
    assert result.rejections == ()


def test_other_efforts_are_ordered_by_rank_and_inherited() -> None:
    records = [record("acme/one", **THINKS), record("acme/one:free", **THINKS)]

    result = match_rows(["one-max", "one", "one-low"], *records)

    others = (
        OtherEffort(1, "one-max", "at max effort"),
        OtherEffort(3, "one-low", "at low effort"),
    )
    assert {one: rank.other_efforts for one, rank in result.ranks.items()} == {
        "acme/one": others,
        "acme/one:free": others,
    }


@pytest.mark.parametrize("rows", [["one-fp8", "one-bf16"], ["one-001", "one-002"]])
def test_rows_of_several_builds_leave_the_model_unranked(rows: list[str]) -> None:
    result = match_rows(rows, record("acme/one"))

    reason = "rows of several revisions or precisions have this name"
    assert result.ranks == {}
    assert result.rejections == tuple(RejectedMatch(row, "acme/one", reason) for row in rows)


def test_model_of_the_same_build_keeps_its_row() -> None:
    records = [record("acme/one"), record("acme/one-001")]

    assert pairs(match_rows(["one-001"], *records)) == {"acme/one-001": "one-001"}


def test_name_of_the_same_order_comes_before_another_order() -> None:
    records = [record("acme/one-two"), record("acme/two-one")]

    assert pairs(match_rows(["two-one"], *records)) == {"acme/two-one": "two-one"}


def test_words_in_another_order_are_ambiguous_for_two_models() -> None:
    records = [record("acme/a-b-c"), record("acme/c-b-a")]

    result = match_rows(["b-c-a"], *records)

    assert result.ranks == {}
    assert result.ambiguities == (Ambiguity("b-c-a", ("acme/a-b-c", "acme/c-b-a")),)


@pytest.mark.parametrize(
    ("row", "sibling"),
    [
        ("one-thinking-20200101", "acme/one-thinking"),
        ("one-thinking", "acme/one-thinking-2507"),
        ("one-thinking", "acme/one-reasoning"),
        ("one-max-20200101", "acme/one-max"),
        ("one-no-thinking", "acme/one-non-thinking"),
    ],
)
def test_row_for_an_effort_is_not_given_to_a_sibling(row: str, sibling: str) -> None:
    records = [record("acme/one", created=JUNE_2025, **THINKS), record(sibling, created=JUNE_2025)]

    assert match_rows([row], *records).ranks == {}


def test_default_of_several_efforts_is_named_as_default() -> None:
    result = match_rows(["one-max", "one-high"], record("acme/one", **THINKS))

    assert reasons(result) == {
        "acme/one": "same name as its id, ranked at high effort, its default"
    }


def test_several_efforts_without_a_default_are_ambiguous() -> None:
    result = match_rows(
        ["one-thinking", "one-no-thinking"], record("acme/one", supported_parameters=["reasoning"])
    )

    assert result.ranks == {}
    assert result.ambiguities == (Ambiguity("acme/one", ("one-no-thinking", "one-thinking")),)


def test_two_rows_of_the_same_name_are_ambiguous() -> None:
    result = match_rows(["one-2", "One 2"], record("acme/one-2"))

    assert result.ranks == {}
    assert result.ambiguities == (Ambiguity("acme/one-2", ("One 2", "one-2")),)


def test_row_that_matches_several_models_is_ambiguous() -> None:
    result = match_rows(
        ["shared"],
        record("acme/two", canonical_slug="acme/shared"),
        record("acme/one", canonical_slug="acme/shared"),
    )

    assert result.ranks == {}
    assert result.ambiguities == (Ambiguity("shared", ("acme/one", "acme/two")),)


def test_id_match_comes_before_other_names() -> None:
    records = [record("acme/one"), record("acme/two", hugging_face_id="acme/One")]

    assert pairs(match_rows(["one"], *records)) == {"acme/one": "one"}


def test_most_reliable_kind_of_a_repeated_name_counts() -> None:
    raw = record("acme/one", canonical_slug="acme/one", hugging_face_id="AC/One")

    assert reasons(match_rows(["one"], raw)) == {"acme/one": "same name as its id"}


def test_model_named_for_an_effort_keeps_its_row() -> None:
    records = [record("acme/one-high"), record("acme/one", **THINKS)]

    assert pairs(match_rows(["one-high"], *records)) == {"acme/one-high": "one-high"}


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
def test_row_without_organization_matches_only_a_full_name(
    row: str, fields: dict[str, Any], found: bool
) -> None:
    result = match_rows([row], record("acme/one", **fields), by="")

    assert pairs(result) == ({"acme/one": row} if found else {})


def test_row_without_organization_is_ambiguous_among_authors() -> None:
    result = match_rows(["one"], record("acme/one"), record("nadir/one"), by="")

    assert result.ambiguities == (Ambiguity("one", ("acme/one", "nadir/one")),)


def test_model_without_text_output_has_no_rank() -> None:
    assert match_rows(["one"], record("acme/one", architecture=making("image"))).ranks == {}


def test_variants_and_aliases_inherit_the_rank() -> None:
    result = match_rows(
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

    assert {one: rank.inherited_from for one, rank in result.ranks.items()} == {
        "~acme/latest": "acme/one",
        "acme/one:free": "acme/one",
        "acme/one:batch": "acme/one",
        "acme/one": None,
    }
    assert {rank.name for rank in result.ranks.values()} == {"one"}


def test_variant_without_its_base_model_is_ranked_itself() -> None:
    result = match_rows(["one"], record("acme/one:free"), record("acme/one:batch"))

    assert {one: rank.inherited_from for one, rank in result.ranks.items()} == {
        "acme/one:free": None,
        "acme/one:batch": "acme/one:free",
    }


def test_thinking_variant_has_the_rank_of_thinking() -> None:
    raw = [record("acme/one", **THINKS), record("acme/one:thinking", **THINKS)]

    result = match_rows(["one-thinking-32k", "one"], *raw)

    assert pairs(result) == {"acme/one": "one", "acme/one:thinking": "one-thinking-32k"}
    assert reasons(result)["acme/one:thinking"] == "same name as its id, ranked while thinking"


def test_thinking_row_belongs_to_a_listed_thinking_variant() -> None:
    raw = [record("acme/one", **THINKS), record("acme/one:thinking", **THINKS)]

    assert pairs(match_rows(["one-thinking"], *raw)) == {"acme/one:thinking": "one-thinking"}


def test_manual_match_decides_where_no_rule_does() -> None:
    result = match_rows(
        ["mistral-medium-2505", "mistral-medium-3"],
        record("mistralai/mistral-medium-3:free"),
        record("mistralai/mistral-medium-3"),
        by="mistral",
    )

    rank = result.ranks["mistralai/mistral-medium-3"]
    assert (rank.name, rank.match_reason, rank.inherited_from) == (
        "mistral-medium-2505",
        "reviewed by hand: the version of May 2025",
        None,
    )
    assert pairs(result)["mistralai/mistral-medium-3:free"] == "mistral-medium-2505"


def test_manual_match_holds_for_a_variant_without_its_base() -> None:
    free = record("mistralai/mistral-medium-3:free")

    result = match_rows(["mistral-medium-2505"], free, by="mistral")

    assert pairs(result) == {"mistralai/mistral-medium-3:free": "mistral-medium-2505"}


def test_manual_effort_stands_beside_the_rank() -> None:
    result = match_rows(
        ["kimi-k2.5-thinking", "kimi-k2.5-instant"],
        record("moonshotai/kimi-k2.5", **THINKS),
        by="moonshot",
    )

    rank = result.ranks["moonshotai/kimi-k2.5"]
    assert (rank.name, rank.other_efforts) == (
        "kimi-k2.5-thinking",
        (OtherEffort(2, "kimi-k2.5-instant", "without thinking"),),
    )


def test_manual_effort_alone_gives_no_rank() -> None:
    kimi = record("moonshotai/kimi-k2.5", **THINKS)

    assert match_rows(["kimi-k2.5-instant"], kimi, by="moonshot").ranks == {}


def test_manual_rejection_refuses_a_misleading_name() -> None:
    result = match_rows(
        ["mistral-7b-instruct"], record("mistralai/mistral-7b-instruct"), by="mistral"
    )

    assert result.ranks == {}
    assert [(rejection.row_name, rejection.model_id) for rejection in result.rejections] == [
        ("mistral-7b-instruct", "")
    ]


def test_empty_leaderboard_ranks_no_model() -> None:
    assert match_rows([], record("acme/one")).ranks == {}
