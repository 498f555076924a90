import pytest

from handler.domain.catalog.model_lookup import IndexEntry, ModelNotFound, resolve_author

ENTRIES = [IndexEntry(i, i, None, None) for i in ("acme/one", "Acme/two", "~bee/latest", "bee/one")]


@pytest.mark.parametrize(
    ("path", "author"),
    [("acme", "acme"), ("Acme", "Acme"), ("ACME/", "Acme"), ("~bee", "bee"), ("Bee", "bee")],
)
def test_author_resolves_in_any_letter_case(path: str, author: str) -> None:
    assert resolve_author(ENTRIES, path) == author


@pytest.mark.parametrize("path", ["nowhere", "", "bee/one"])
def test_unknown_author_is_not_found(path: str) -> None:
    with pytest.raises(ModelNotFound):
        resolve_author(ENTRIES, path)
