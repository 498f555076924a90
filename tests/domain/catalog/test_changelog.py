from datetime import timedelta

from handler.domain.catalog.changelog import load_changelog
from handler.domain.catalog.model_history import Event, new_history
from handler.domain.catalog.profile import Profile
from handler.domain.snapshot.decode import decode_whole
from tests.support.builders import (
    AS_OF,
    making,
    model,
    profile,
    record,
    record_absence,
    record_listing,
    stored,
)

LATER = AS_OF + timedelta(hours=1)
LAST = AS_OF + timedelta(hours=2)


def changes(*profiles: Profile) -> list[tuple[str, Event]]:
    changelog = load_changelog(decode_whole(stored(*profiles)))
    assert changelog.since == AS_OF
    return [(change.model_id, change.event) for change in changelog.changes()]


def added(model_id: str) -> Profile:
    raw = record(model_id)
    return profile(raw)._replace(history=new_history(model(raw), LATER))


def test_only_models_after_the_first_list_are_additions() -> None:
    assert changes(profile(record()), added("acme/two")) == [
        ("acme/two", Event(LATER, "listed", None, True))
    ]


def test_changes_are_sorted_newest_first_then_by_id() -> None:
    one = profile(record("b/one"))
    renamed = model(record("b/one", name="Two", context_length=5))
    changed = one._replace(model=renamed, history=record_listing(one.history, renamed, LATER))
    other = profile(record("a/one"))
    withdrawn = other._replace(history=record_absence(other.history, LAST))

    assert changes(changed, withdrawn) == [
        ("a/one", Event(LAST, "listed", True, False)),
        ("b/one", Event(LATER, "context", None, 5)),
        ("b/one", Event(LATER, "name", "b/one", "Two")),
    ]


def test_change_has_name_and_outputs_of_the_model() -> None:
    raw = record("a/one", name="One", architecture=making("image"))
    new = profile(raw)._replace(history=new_history(model(raw), LATER))

    (change,) = load_changelog(decode_whole(stored(profile(record()), new))).changes()

    assert (change.name, change.outputs) == ("One", ("image",))


def test_changes_are_found_by_a_part_of_the_id() -> None:
    profiles = (profile(record()), *map(added, ("acme/two", "bee/one", "bee/two")))
    changelog = load_changelog(decode_whole(stored(*profiles)))

    assert [change.model_id for change in changelog.changes("bee/")] == ["bee/one", "bee/two"]


def test_empty_catalog_has_an_empty_changelog() -> None:
    assert changes() == []
