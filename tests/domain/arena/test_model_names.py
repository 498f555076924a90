from handler.domain.arena.model_names import names_for, rankable_models
from handler.domain.arena.name_variants import THINKING, ParsedName, PartialDate
from tests.support.builders import making, model, record


def test_text_models_are_rankable_once_per_weights() -> None:
    models = [
        model(record("acme/one")),
        model(record("acme/one:free")),
        model(record("acme/one:thinking")),
        model(record("acme/one:turbo")),
        model(record("acme/two:free", architecture=making("image", "text"))),
        model(record("acme/three", architecture=making("image"))),
        model(record("~acme/latest", alias_target={"slug": "acme/one"})),
    ]

    assert [one.id for one in rankable_models(models)] == [
        "acme/one",
        "acme/one:thinking",
        "acme/two:free",
    ]


def test_names_come_from_id_slug_and_hugging_face_id() -> None:
    one = model(
        record("acme/one-2", canonical_slug="acme/one-2-20260105", hugging_face_id="AC/One-2-IT")
    )

    assert [(n.kind, n.normalized, n.parts, n.is_authors_own) for n in names_for(one)] == [
        ("its id", "one-2", ParsedName("one-2"), True),
        ("its id with the author in front", "acme-one-2", ParsedName("acme-one-2"), True),
        (
            "its canonical slug",
            "one-2-20260105",
            ParsedName("one-2", PartialDate(2026, 1, 5)),
            True,
        ),
        ("its Hugging Face id", "one-2-it", ParsedName("one-2-it"), False),
    ]


def test_thinking_variant_is_named_for_thinking_only() -> None:
    mode = model(record("acme/one:thinking"))

    assert {name.parts.effort for name in names_for(mode)} == {THINKING}
