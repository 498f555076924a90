import pytest

from handler.domain.catalog.profile import choose_description

FULL = "Hermes is a model.\n\nIt has a [mode](https://a.example) of its own, and more."


@pytest.mark.parametrize(
    ("past", "newest", "expected"),
    [
        ([FULL], "Hermes is a model. It has a...", FULL),
        ([FULL], '"Hermes is a model. It has a…', FULL),
        ([FULL], "Hermes is a model. It has a [mode](https://a...", FULL),
        (["Another.", FULL], "Hermes is a model...", FULL),
        (["Hermes is newer.", FULL], "Hermes is...", "Hermes is newer."),
        ([FULL], "Hermes is another...", "Hermes is another..."),
        ([FULL], "Hermes is a model.", "Hermes is a model."),
        ([FULL], None, FULL),
        ([FULL], "", FULL),
        ([], "New.", "New."),
        ([], "New...", "New..."),
        ([], None, None),
    ],
    ids=[
        "truncated",
        "after a quote",
        "in the middle of a link",
        "after another text",
        "two that begin so",
        "something else",
        "shorter, but full",
        "removed",
        "empty",
        "the first",
        "never whole",
        "never any",
    ],
)
def test_a_full_description_outlives_its_own_beginning(
    past: list[str], newest: str | None, expected: str | None
) -> None:
    assert choose_description(newest, past) == expected
