from datetime import timedelta

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.changelog import Changelog, ChangeRef, build_changelog, load_event
from handler.domain.catalog.model_history import Event, new_history
from handler.domain.catalog.profile import Profile
from handler.domain.snapshot import codec
from tests.support.builders import (
    AS_OF,
    model,
    profile,
    record,
    record_absence,
    record_listing,
    stored,
)

LATER = AS_OF + timedelta(hours=1)
LAST = AS_OF + timedelta(hours=2)


def catalog(*profiles: Profile) -> Catalog:
    return codec.decode(stored(*profiles))


def added(model_id: str) -> Profile:
    raw = record(model_id)
    return profile(raw)._replace(history=new_history(model(raw), LATER))


def test_only_models_after_the_first_list_are_additions() -> None:
    assert build_changelog(catalog(profile(record()), added("acme/two"))) == Changelog(
        AS_OF, (ChangeRef(LATER, "acme/two", "listed"),)
    )


def test_changes_are_sorted_newest_first_then_by_id() -> None:
    one = profile(record("b/one"))
    renamed = model(record("b/one", name="Two", context_length=5))
    changed = one._replace(model=renamed, history=record_listing(one.history, renamed, LATER))
    other = profile(record("a/one"))
    withdrawn = other._replace(history=record_absence(other.history, LAST))

    changelog = build_changelog(catalog(changed, withdrawn))
    assert changelog.changes == (
        ChangeRef(LAST, "a/one", "listed"),
        ChangeRef(LATER, "b/one", "context"),
        ChangeRef(LATER, "b/one", "name"),
    )
    assert changelog.last_change() == {"a/one": LAST, "b/one": LATER}
    assert load_event(changed, changelog.changes[2]) == Event(LATER, "name", "b/one", "Two")


def test_addition_event_has_no_value_before() -> None:
    assert load_event(added("acme/two"), ChangeRef(LATER, "acme/two", "listed")) == Event(
        LATER, "listed", None, True
    )


def test_empty_catalog_has_an_empty_changelog() -> None:
    assert build_changelog(catalog()) == Changelog(AS_OF, ())
