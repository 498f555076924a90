from datetime import timedelta

from handler.domain.catalog.diff import CatalogDiff, diff_catalogs
from handler.domain.catalog.model_history import record_absence, record_listing
from handler.domain.catalog.profile import Profile
from tests.support.builders import AS_OF, contents, model, profile, record, withdrawn

LATER = AS_OF + timedelta(days=2)


def renamed(model_id: str) -> Profile:
    old = profile(record(model_id))
    changed = model(record(model_id, name="Another"))
    return Profile(changed, None, record_listing(old.history, changed, LATER, AS_OF))


def test_everything_is_new_at_first() -> None:
    assert diff_catalogs(None, contents(profile(record("a/1")))) == CatalogDiff(added=("a/1",))


def test_news_are_what_came_went_came_back_and_changed() -> None:
    back = withdrawn(record("a/back"))
    returned = record_listing(back.history, back.model, LATER, AS_OF)
    gone = record_absence(profile(record("a/going")).history, LATER, AS_OF)
    before = contents(
        profile(record("a/same")),
        profile(record("a/going")),
        back,
        profile(record("a/renamed")),
        withdrawn(record("a/gone")),
    )
    after = contents(
        profile(record("a/same", benchmarks={"x": 1})),
        Profile(back.model, None, returned),
        renamed("a/renamed"),
        profile(record("a/new")),
        Profile(before.profiles[1].model, None, gone),
        withdrawn(record("a/gone")),
    )

    assert diff_catalogs(before, after) == CatalogDiff(
        added=("a/new",), withdrawn=("a/going",), returned=("a/back",), changed=("a/renamed",)
    )
