import pytest

from handler.domain.catalog.model_lookup import (
    ExactMatch,
    IndexEntry,
    ModelMoved,
    ModelNotFound,
    resolve_author,
)

ENTRIES = [IndexEntry(i, i, None, None) for i in ("acme/one", "Acme/two", "~bee/latest", "bee/one")]


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("acme", ExactMatch("acme")),
        ("Acme", ExactMatch("Acme")),
        ("ACME/", ModelMoved("Acme")),
        ("~bee", ModelMoved("bee")),
        ("Bee", ModelMoved("bee")),
        ("nowhere", ModelNotFound(())),
        ("", ModelNotFound(())),
        ("bee/one", ModelNotFound(())),
    ],
)
def test_an_author_is_found_by_any_letter_case(address: str, meant: object) -> None:
    assert resolve_author(ENTRIES, address) == meant
