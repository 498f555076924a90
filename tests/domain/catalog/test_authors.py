import pytest

from handler.domain.catalog.authors import author_meant
from handler.domain.catalog.model_lookup import Entry, Found, Moved, Unknown

ENTRIES = [Entry(i, i, None, None) for i in ("acme/one", "Acme/two", "~bee/latest", "bee/one")]


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("acme", Found("acme")),
        ("Acme", Found("Acme")),
        ("ACME/", Moved("Acme")),
        ("~bee", Moved("bee")),
        ("Bee", Moved("bee")),
        ("nowhere", Unknown(())),
        ("", Unknown(())),
        ("bee/one", Unknown(())),
    ],
)
def test_an_author_is_found_by_any_letter_case(address: str, meant: object) -> None:
    assert author_meant(ENTRIES, address) == meant
