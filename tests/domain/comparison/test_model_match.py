import pytest

from handler.domain.catalog.model_index import IndexEntry
from handler.domain.comparison.model_match import find_clear_match

OLD = IndexEntry("acme/one-2", "Acme: One 2", None, None, withdrawn=True)
NEW = IndexEntry("bee/one-2", "Bee: One 2", None, None)
FREE = IndexEntry("bee/one-2:free", "Bee: One 2 (free)", None, None)


@pytest.mark.parametrize(
    ("text", "found", "match"),
    [
        ("ONE 2", [FREE, NEW], NEW),
        ("bee one2", [FREE, NEW], NEW),
        ("one-2", [OLD, NEW], NEW),
        ("one-2", [OLD], OLD),
        ("one", [NEW], NEW),
        ("one", [NEW, FREE], None),
        ("bee/one", [NEW], None),
        ("Bee/one_2", [NEW], NEW),
        ("two", [NEW], None),
        ("…", [NEW], None),
        ("one", [], None),
    ],
    ids=[
        "a name",
        "author and name",
        "the listed one",
        "a withdrawn one",
        "the only one",
        "several",
        "another id",
        "an id",
        "not in it",
        "no letters",
        "none",
    ],
)
def test_only_a_clear_match_is_taken(
    text: str, found: list[IndexEntry], match: IndexEntry | None
) -> None:
    assert find_clear_match(text, found) == match
