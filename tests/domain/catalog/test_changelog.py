from dataclasses import replace
from datetime import timedelta

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.changelog import Change, Chronicle, chronicle_of, event_of
from handler.domain.catalog.model_history import Event, missed, seen, started
from handler.domain.catalog.profile import Profile
from handler.domain.snapshot import codec
from tests.support.builders import AS_OF, model, profile, record, stored

LATER = AS_OF + timedelta(hours=1)
LAST = AS_OF + timedelta(hours=2)


def catalog_of(*profiles: Profile) -> Catalog:
    return codec.decode(stored(*profiles))


def added(model_id: str) -> Profile:
    raw = record(model_id)
    return replace(profile(raw), history=started(model(raw), LATER))


def test_what_is_there_from_the_first_look_is_no_news_and_what_comes_later_is() -> None:
    assert chronicle_of(catalog_of(profile(record()), added("acme/two"))) == Chronicle(
        AS_OF, (Change(LATER, "acme/two", "listed"),)
    )


def test_changes_stand_newest_first_and_in_one_order() -> None:
    one = profile(record("b/one"))
    renamed = model(record("b/one", name="Two", context_length=5))
    changed = replace(one, model=renamed, history=seen(one.history, renamed, LATER, AS_OF))
    other = profile(record("a/one"))
    gone = replace(other, history=missed(other.history, LAST, AS_OF))

    found = chronicle_of(catalog_of(changed, gone))
    assert found.changes == (
        Change(LAST, "a/one", "listed"),
        Change(LATER, "b/one", "context"),
        Change(LATER, "b/one", "name"),
    )
    assert found.last_change() == {"a/one": LAST, "b/one": LATER}
    assert event_of(changed, found.changes[2]) == Event(LATER, "name", "b/one", "Two")


def test_the_event_of_a_new_model_has_nothing_before() -> None:
    assert event_of(added("acme/two"), Change(LATER, "acme/two", "listed")) == Event(
        LATER, "listed", None, True
    )


def test_a_catalog_without_models_has_no_past() -> None:
    assert chronicle_of(catalog_of()) == Chronicle(AS_OF, ())
