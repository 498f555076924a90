from datetime import timedelta

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.changelog import Changelog, ChangeRef, build_changelog, load_event
from handler.domain.catalog.model_history import Event, new_history, record_absence, record_listing
from handler.domain.catalog.profile import Profile
from handler.domain.snapshot import codec
from tests.support.builders import AS_OF, model, profile, record, stored

LATER = AS_OF + timedelta(hours=1)
LAST = AS_OF + timedelta(hours=2)


def catalog_of(*profiles: Profile) -> Catalog:
    return codec.decode(stored(*profiles))


def added(model_id: str) -> Profile:
    raw = record(model_id)
    return profile(raw)._replace(history=new_history(model(raw), LATER))


def test_what_is_there_from_the_first_look_is_no_news_and_what_comes_later_is() -> None:
    assert build_changelog(catalog_of(profile(record()), added("acme/two"))) == Changelog(
        AS_OF, (ChangeRef(LATER, "acme/two", "listed"),)
    )


def test_changes_stand_newest_first_and_in_one_order() -> None:
    one = profile(record("b/one"))
    renamed = model(record("b/one", name="Two", context_length=5))
    changed = one._replace(
        model=renamed, history=record_listing(one.history, renamed, LATER, AS_OF)
    )
    other = profile(record("a/one"))
    gone = other._replace(history=record_absence(other.history, LAST, AS_OF))

    found = build_changelog(catalog_of(changed, gone))
    assert found.changes == (
        ChangeRef(LAST, "a/one", "listed"),
        ChangeRef(LATER, "b/one", "context"),
        ChangeRef(LATER, "b/one", "name"),
    )
    assert found.last_change() == {"a/one": LAST, "b/one": LATER}
    assert load_event(changed, found.changes[2]) == Event(LATER, "name", "b/one", "Two")


def test_the_event_of_a_new_model_has_nothing_before() -> None:
    assert load_event(added("acme/two"), ChangeRef(LATER, "acme/two", "listed")) == Event(
        LATER, "listed", None, True
    )


def test_a_catalog_without_models_has_no_past() -> None:
    assert build_changelog(catalog_of()) == Changelog(AS_OF, ())
