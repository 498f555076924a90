import pytest

from handler.domain.arena.shared_weights import rank_inheritance, rank_source_id
from tests.support.builders import model, record


@pytest.mark.parametrize(
    "name", ["batch", "beta", "exacto", "extended", "floor", "free", "nitro", "online"]
)
def test_variant_of_the_same_weights_inherits_the_base_rank(name: str) -> None:
    models = [model(record(f"acme/one:{name}")), model(record("acme/one"))]

    assert rank_inheritance(models) == {f"acme/one:{name}": "acme/one"}


def test_thinking_and_unknown_variants_inherit_no_rank() -> None:
    ids = ["acme/one", "acme/one:thinking", "acme/one:turbo"]

    assert rank_inheritance([model(record(one)) for one in ids]) == {}


def test_first_variant_replaces_an_unlisted_base_model() -> None:
    models = [model(record("acme/one:free")), model(record("acme/one:batch"))]

    assert rank_inheritance(models) == {"acme/one:batch": "acme/one:free"}


def test_alias_inherits_the_rank_of_its_current_target() -> None:
    alias = record("~acme/latest", alias_target={"slug": "acme/two", "name": "Two"})

    assert rank_inheritance([model(alias)]) == {"~acme/latest": "acme/two"}


def test_alias_of_a_variant_inherits_the_base_rank() -> None:
    inheriting = {"~acme/latest": "acme/one:free", "acme/one:free": "acme/one"}

    assert rank_source_id("~acme/latest", inheriting) == "acme/one"
    assert rank_source_id("acme/two", inheriting) == "acme/two"
