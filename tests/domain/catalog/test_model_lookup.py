import pytest

from handler.domain.catalog.model_index import IndexEntry, ModelIndex, SharedName
from handler.domain.catalog.model_lookup import ModelNotFound, resolve_model

INDEX = ModelIndex.from_entries(
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
    "path", ["acme/one", "acme/one:free", "~acme/latest", "Acme/Upper", "acme/two"]
)
def test_exact_id_wins(path: str) -> None:
    assert resolve_model(INDEX, path) == path


@pytest.mark.parametrize(
    ("path", "model_id"),
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
def test_alias_resolves_to_the_id(path: str, model_id: str) -> None:
    assert resolve_model(INDEX, path) == model_id


@pytest.mark.parametrize(
    ("path", "candidates"),
    [
        ("acme/shared", ["acme/two", "acme/three"]),
        ("Acme/Shared-HF", ["acme/two", "acme/three"]),
        ("acme/five-slug", ["acme/five:free", "acme/five:batch"]),
    ],
)
def test_ambiguous_name_suggests_every_candidate(path: str, candidates: list[str]) -> None:
    with pytest.raises(ModelNotFound) as caught:
        resolve_model(INDEX, path)

    assert [entry.id for entry in caught.value.suggestions] == candidates


@pytest.mark.parametrize(
    ("path", "first"),
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
def test_misspelt_name_suggests_similar_ids(path: str, first: str | None) -> None:
    with pytest.raises(ModelNotFound) as caught:
        resolve_model(INDEX, path)

    assert next((entry.id for entry in caught.value.suggestions), None) == first


@pytest.mark.parametrize(
    "path",
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
    ids=lambda path: repr(path)[:24],
)
def test_other_paths_are_not_found(path: str) -> None:
    with pytest.raises(ModelNotFound):
        resolve_model(INDEX, path)


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("acme/nothing", ["acme/nothing"]),
        ("acme/nothing:free", ["acme/nothing:free", "acme/nothing"]),
        ("acme/nothing/api", ["acme/nothing/api", "acme/nothing"]),
    ],
)
def test_each_name_of_an_unknown_path_is_looked_up_once(
    path: str, names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up = []
    named = ModelIndex.named

    def note(index: ModelIndex, name: str) -> SharedName:
        looked_up.append(name)
        return named(index, name)

    monkeypatch.setattr(ModelIndex, "named", note)

    with pytest.raises(ModelNotFound):
        resolve_model(INDEX, path)
    assert looked_up == names
