import pytest

from handler.domain.catalog.model_lookup import (
    ExactMatch,
    IndexEntry,
    ModelMoved,
    ModelNotFound,
    ModelResolver,
)

BOOK = ModelResolver(
    [
        IndexEntry("nousresearch/hermes-4-405b", "Hermes", None, "NousResearch/Hermes-4-405B"),
        IndexEntry("acme/one", "One", "acme/one-20250101", "Acme/One-HF"),
        IndexEntry("acme/one:free", "One (free)", "acme/one-20250101", "Acme/One-HF"),
        IndexEntry("acme/one:batch", "One (batch)", "acme/one-20250101", ""),
        IndexEntry("acme/two", "Two", "acme/shared", "Acme/Shared-HF"),
        IndexEntry("acme/three", "Three", "acme/shared", "Acme/Shared-HF"),
        IndexEntry("acme/four:free", "Four (free)", "acme/four-20250101", None),
        IndexEntry("acme/five:free", "Five (free)", "acme/five-slug", None),
        IndexEntry("acme/five:batch", "Five (batch)", "acme/five-slug", None),
        IndexEntry("acme/six", "Six", "acme/two", None),
        IndexEntry("~acme/latest", "Latest", "~acme/latest", "Acme/One-HF"),
        IndexEntry("Acme/Upper", "Upper", None, None),
    ]
)


@pytest.mark.parametrize(
    "address", ["acme/one", "acme/one:free", "~acme/latest", "Acme/Upper", "acme/two"]
)
def test_an_exact_id_is_found_whatever_else_has_that_name(address: str) -> None:
    assert BOOK.resolve(address) == ExactMatch(address)


@pytest.mark.parametrize(
    ("address", "model_id"),
    [
        ("ACME/One", "acme/one"),
        ("acme/one/", "acme/one"),
        ("acme/upper", "Acme/Upper"),
        ("models/acme/one", "acme/one"),
        ("model/acme/one:free/", "acme/one:free"),
        ("acme/one/providers", "acme/one"),
        ("acme/one:free/api", "acme/one:free"),
        ("models/Acme/One/performance/", "acme/one"),
        ("acme/one-20250101", "acme/one"),
        ("acme/one-20250101:free", "acme/one:free"),
        ("acme/one-20250101/uptime", "acme/one"),
        ("Acme/One-HF", "acme/one"),
        ("NousResearch/Hermes-4-405B", "nousresearch/hermes-4-405b"),
        ("acme/four-20250101", "acme/four:free"),
    ],
)
def test_every_other_address_of_a_model_leads_to_its_id(address: str, model_id: str) -> None:
    assert BOOK.resolve(address) == ModelMoved(model_id)


@pytest.mark.parametrize(
    ("address", "candidates"),
    [
        ("acme/shared", ["acme/two", "acme/three"]),
        ("Acme/Shared-HF", ["acme/two", "acme/three"]),
        ("acme/five-slug", ["acme/five:free", "acme/five:batch"]),
    ],
)
def test_a_name_of_several_models_is_unknown_and_offers_them(
    address: str, candidates: list[str]
) -> None:
    meant = BOOK.resolve(address)

    assert isinstance(meant, ModelNotFound)
    assert [entry.id for entry in meant.suggestions] == candidates


@pytest.mark.parametrize(
    ("address", "first"),
    [
        ("nousresearch/hermes-4-70b", "nousresearch/hermes-4-405b"),
        ("nousresarch/hermse-4", "nousresearch/hermes-4-405b"),
        ("hermes", "nousresearch/hermes-4-405b"),
        ("models/Hermes/", "nousresearch/hermes-4-405b"),
        ("wp-login.php", None),
        ("zzzz", None),
    ],
    ids=["a sibling", "misspelt", "one word", "in a path", "a scanner", "nothing like it"],
)
def test_a_name_that_is_nearly_right_offers_what_comes_near(
    address: str, first: str | None
) -> None:
    meant = BOOK.resolve(address)

    assert isinstance(meant, ModelNotFound)
    assert next((entry.id for entry in meant.suggestions), None) == first


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/",
        "//evil.example",
        "x",
        "acme",
        "acme/one/preview",
        "acme/one:nitro",
        "models",
        "acme/one\r\nx",
        "acme/one/../two",
        "a" * 100_000,
        "é/ü",
        "acme//one",
    ],
    ids=lambda address: repr(address)[:24],
)
def test_anything_else_is_unknown(address: str) -> None:
    assert isinstance(BOOK.resolve(address), ModelNotFound)
