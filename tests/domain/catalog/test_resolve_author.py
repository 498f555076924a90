import pytest

from handler.domain.catalog.model_index import IndexEntry, ModelIndex
from handler.domain.catalog.model_lookup import ModelNotFound, resolve_author

IDS = ("acme/one", "Acme/two", "~bee/latest", "bee/one")
INDEX = ModelIndex.from_entries([IndexEntry(i, i, None, None) for i in IDS])


@pytest.mark.parametrize(
    ("path", "author"),
    [("acme", "acme"), ("Acme", "Acme"), ("ACME/", "Acme"), ("~bee", "bee"), ("Bee", "bee")],
)
def test_author_resolves_in_any_letter_case(path: str, author: str) -> None:
    assert resolve_author(INDEX, path) == author


@pytest.mark.parametrize("path", ["nowhere", "", "bee/one"])
def test_unknown_author_is_not_found(path: str) -> None:
    with pytest.raises(ModelNotFound):
        resolve_author(INDEX, path)
