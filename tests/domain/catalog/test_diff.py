from datetime import timedelta

from handler.domain.catalog.diff import CatalogDiff, diff_catalogs
from handler.domain.catalog.profile import Profile
from tests.support.builders import (
    AS_OF,
    contents,
    model,
    profile,
    record,
    record_absence,
    record_listing,
    withdrawn,
)

LATER = AS_OF + timedelta(days=2)


def renamed(model_id: str) -> Profile:
    old = profile(record(model_id))
    changed = model(record(model_id, name="Another"))
    return Profile(changed, record_listing(old.history, changed, LATER), LATER)


def test_every_model_is_added_without_a_catalog_before() -> None:
    assert diff_catalogs(None, contents(profile(record("a/1")))) == CatalogDiff(added=("a/1",))


def test_diff_names_added_withdrawn_returned_and_changed() -> None:
    withdrawn_model = withdrawn(record("a/back"))
    returned = record_listing(withdrawn_model.history, withdrawn_model.model, LATER)
    absent = record_absence(profile(record("a/going")).history, LATER)
    before = contents(
        profile(record("a/same")),
        profile(record("a/going")),
        withdrawn_model,
        profile(record("a/renamed")),
        withdrawn(record("a/gone")),
    )
    after = contents(
        profile(record("a/same", benchmarks={"x": 1})),
        Profile(withdrawn_model.model, returned, LATER),
        renamed("a/renamed"),
        profile(record("a/new")),
        Profile(before.profiles[1].model, absent, AS_OF),
        withdrawn(record("a/gone")),
    )

    assert diff_catalogs(before, after) == CatalogDiff(
        added=("a/new",), withdrawn=("a/going",), returned=("a/back",), changed=("a/renamed",)
    )
