import pytest

from handler.domain.ingest.descriptions import prefer_untruncated

WHOLE = "Hermes is a model.\n\nIt has a [mode](https://a.example) of its own, and more."


@pytest.mark.parametrize(
    ("older", "newer", "expected"),
    [
        (WHOLE, "Hermes is a model. It has a...", WHOLE),
        (WHOLE, '"Hermes is a model. It has a…', WHOLE),
        (WHOLE, "Hermes is a model. It has a [mode](https://a...", WHOLE),
        (WHOLE, "Hermes is another...", "Hermes is another..."),
        (WHOLE, "Hermes is a model.", "Hermes is a model."),
        (WHOLE, None, WHOLE),
        (WHOLE, "", WHOLE),
        (None, "New.", "New."),
        ("Hermes is...", "Hermes is a model...", "Hermes is a model..."),
        ("Hermes is a model...", "Hermes is...", "Hermes is a model..."),
        (None, None, None),
    ],
    ids=[
        "a cut",
        "with a quote before it",
        "in the middle of a link",
        "something else",
        "shorter, but whole",
        "none any more",
        "an empty one",
        "the first",
        "a longer cut",
        "a shorter cut",
        "never one",
    ],
)
def test_a_full_description_outlives_its_own_beginning(
    older: str | None, newer: str | None, expected: str | None
) -> None:
    assert prefer_untruncated(older, newer) == expected
