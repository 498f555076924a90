import pytest

from handler.domain.ingest.merge import prefer_untruncated

FULL = "Hermes is a model.\n\nIt has a [mode](https://a.example) of its own, and more."


@pytest.mark.parametrize(
    ("older", "newer", "expected"),
    [
        (FULL, "Hermes is a model. It has a...", FULL),
        (FULL, '"Hermes is a model. It has a…', FULL),
        (FULL, "Hermes is a model. It has a [mode](https://a...", FULL),
        (FULL, "Hermes is another...", "Hermes is another..."),
        (FULL, "Hermes is a model.", "Hermes is a model."),
        (FULL, None, FULL),
        (FULL, "", FULL),
        (None, "New.", "New."),
        ("Hermes is...", "Hermes is a model...", "Hermes is a model..."),
        ("Hermes is a model...", "Hermes is...", "Hermes is a model..."),
        (None, None, None),
    ],
    ids=[
        "truncated",
        "after a quote",
        "in the middle of a link",
        "something else",
        "shorter, but full",
        "removed",
        "empty",
        "the first",
        "truncated later",
        "truncated earlier",
        "never any",
    ],
)
def test_a_full_description_outlives_its_own_beginning(
    older: str | None, newer: str | None, expected: str | None
) -> None:
    assert prefer_untruncated(older, newer) == expected
