import pytest

from handler.domain.arena.shared_weights import rank_inheritance, rank_source_id
from tests.support.builders import model, record


@pytest.mark.parametrize(
    "name", ["batch", "beta", "exacto", "extended", "floor", "free", "nitro", "online"]
)
def test_a_variant_of_the_same_weights_is_its_base_model(name: str) -> None:
    models = [model(record(f"acme/one:{name}")), model(record("acme/one"))]

    assert rank_inheritance(models) == {f"acme/one:{name}": "acme/one"}


def test_thinking_and_unheard_of_variants_are_nobody_else() -> None:
    ids = ["acme/one", "acme/one:thinking", "acme/one:turbo"]

    assert rank_inheritance([model(record(one)) for one in ids]) == {}


def test_the_first_variant_stands_for_a_base_model_that_is_not_listed() -> None:
    models = [model(record("acme/one:free")), model(record("acme/one:batch"))]

    assert rank_inheritance(models) == {"acme/one:batch": "acme/one:free"}


def test_an_alias_is_the_model_it_stands_for_today() -> None:
    alias = record("~acme/latest", alias_target={"slug": "acme/two", "name": "Two"})

    assert rank_inheritance([model(alias)]) == {"~acme/latest": "acme/two"}


def test_an_alias_of_a_variant_shows_the_rank_of_its_base_model() -> None:
    inheriting = {"~acme/latest": "acme/one:free", "acme/one:free": "acme/one"}

    assert rank_source_id("~acme/latest", inheriting) == "acme/one"
    assert rank_source_id("acme/two", inheriting) == "acme/two"
