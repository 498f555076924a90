from handler.domain.snapshot.decode import decode_whole
from handler.domain.snapshot.encode import encode
from handler.web.pages.model.related import RelatedModelRow, related_models
from tests.support.builders import contents, profile, record, withdrawn


def test_first_listed_models_are_preselected() -> None:
    ids = ("a/one-3", "a/one-2", "a/one-2:free", "~a/one-latest", "a/one-1")
    listed = [profile(record(i)) for i in ids]
    catalog = decode_whole(encode(contents(*listed, withdrawn(record("a/one-2:batch"))), "run"))

    assert related_models(catalog, "a/one-2") == [
        RelatedModelRow("a/one-3", "a/one-3", "newer version", False, True),
        RelatedModelRow("a/one-2:free", "a/one-2:free", "variant", False, True),
        RelatedModelRow("a/one-2:batch", "a/one-2:batch", "variant", True, False),
        RelatedModelRow("~a/one-latest", "~a/one-latest", "alias", False, False),
        RelatedModelRow("a/one-1", "a/one-1", "earlier version", False, False),
    ]
    assert related_models(catalog, "a/one-2:free")[1].relation == "base model"
    assert [m.is_newer for m in related_models(catalog, "a/one-2")] == [True] + [False] * 4
