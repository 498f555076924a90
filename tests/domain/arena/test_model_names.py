from handler.domain.arena.model_names import known_names, subjects
from handler.domain.arena.name_variants import THINKING, Day, Name
from tests.support.builders import making, model, record


def test_rows_may_mean_models_that_write_text_once_for_the_same_weights() -> None:
    models = [
        model(record("acme/one")),
        model(record("acme/one:free")),
        model(record("acme/one:thinking")),
        model(record("acme/one:turbo")),
        model(record("acme/two:free", architecture=making("image", "text"))),
        model(record("acme/three", architecture=making("image"))),
        model(record("~acme/latest", alias_target={"slug": "acme/one"})),
    ]

    assert [one.id for one in subjects(models)] == [
        "acme/one", "acme/one:thinking", "acme/two:free",
    ]  # fmt: skip


def test_a_model_is_known_by_its_id_its_slug_and_its_hugging_face_id() -> None:
    one = model(
        record("acme/one-2", canonical_slug="acme/one-2-20260105", hugging_face_id="AC/One-2-IT")
    )

    assert [(n.kind, n.whole, n.parts, n.is_authors_own) for n in known_names(one)] == [
        ("its id", "one-2", Name("one-2"), True),
        ("its id with the author in front", "acme-one-2", Name("acme-one-2"), True),
        ("its canonical slug", "one-2-20260105", Name("one-2", Day(2026, 1, 5)), True),
        ("its Hugging Face id", "one-2-it", Name("one-2-it"), False),
    ]


def test_the_thinking_mode_is_known_for_thinking_only() -> None:
    mode = model(record("acme/one:thinking"))

    assert {name.parts.effort for name in known_names(mode)} == {THINKING}
