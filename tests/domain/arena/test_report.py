from handler.domain.arena.report import explain_matches
from tests.support.builders import record
from tests.support.rankings import match_rows


def test_report_has_every_decision_and_its_reason() -> None:
    result = match_rows(
        [
            "one",
            "one-thinking",
            "two-max",
            "two-3",
            "Two 3",
            "grand-four-1",
            "mistral-7b-instruct",
            "zzz",
        ],
        record("acme/one", supported_parameters=["reasoning"]),
        record("acme/one:free"),
        record("acme/two"),
        record("acme/two-3"),
        record("acme/grand-four-2"),
    )

    assert list(explain_matches(result)) == [
        "matched    acme/one is one, rank 1: same name as its id",
        "matched    acme/one is one-thinking, rank 2: while thinking",
        "matched    acme/one:free is one, rank 1: the rank of acme/one",
        "refused    mistral-7b-instruct: it is version 0.1, and the id of that name serves a later "
        "one",
        "refused    two-max for acme/two: the model has no effort called max",
        "ambiguous  acme/two-3 may be Two 3 or two-3",
        "near miss  grand-four-1 is only like acme/grand-four-2",
        "2 of 8 rows matched; 1 of 4 models ranked, 1 more through them; 1 ambiguous",
    ]
