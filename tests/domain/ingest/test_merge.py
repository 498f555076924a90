from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handler.domain.catalog.catalog import CatalogData
from handler.domain.catalog.coverage import EVERYTHING, Coverage
from handler.domain.catalog.model_history import Event
from handler.domain.ingest.merge import ObservedModelList, merge_model_list
from handler.domain.text import RenderedDescription
from tests.support.builders import AS_OF, ORIGIN, making, model, record

WHOLE = "The whole of a description."
CUT = "The whole of..."


def at(hour: int) -> datetime:
    return AS_OF + timedelta(hours=hour)


def seen(
    hour: int,
    *records: dict[str, Any],
    coverage: Coverage = EVERYTHING,
    unreadable: Iterable[str] = (),
) -> ObservedModelList:
    origin = ORIGIN._replace(fetched_at=at(hour), as_of=at(hour))
    models = {raw["id"]: model(raw) for raw in records}
    return ObservedModelList(at(hour), coverage, models, frozenset(unreadable), origin)


def plain(markdown: str) -> RenderedDescription:
    return RenderedDescription(markdown, markdown)


def after(*observations: ObservedModelList) -> CatalogData:
    """Return what is known after these, in the order in which they are merged."""
    known: CatalogData | None = None
    for observation in observations:
        known = merge_model_list(known, observation, plain)
    assert known is not None
    return known


def states(known: CatalogData) -> dict[str, datetime | None]:
    return {profile.model.id: profile.withdrawn for profile in known.profiles}


def test_the_first_list_is_the_whole_catalog() -> None:
    known = after(seen(0, record("a/1", description=WHOLE), record("a/2")))

    assert states(known) == {"a/1": None, "a/2": None}
    assert [p.model.description for p in known.profiles] == [plain(WHOLE), plain("")]
    assert (known.as_of, known.sources["list"].fetched_at) == (at(0), at(0))


def test_an_unlisted_model_keeps_its_data_behind_the_listed() -> None:
    known = after(seen(0, record("a/1", name="One"), record("a/2")), seen(1, record("a/2")))

    assert list(states(known).items()) == [("a/2", None), ("a/1", at(1))]
    assert known.profiles[1].model.name == "One"


def test_withdrawn_models_come_last() -> None:
    picture = record("a/picture", architecture=making("image"))
    text = seen(1, record("a/2"), coverage=Coverage.parse("text"))

    known = after(seen(0, record("a/gone"), picture), text)

    assert list(states(known)) == ["a/2", "a/picture", "a/gone"]


def test_a_returned_model_is_complete_again() -> None:
    one = record("a/1", description=WHOLE)
    known = after(seen(0, one), seen(1, record("a/2")), seen(2, {**one, "description": CUT}))

    (back,) = [p for p in known.profiles if p.model.id == "a/1"]
    assert (back.withdrawn, back.markdown, back.model.description) == (None, WHOLE, plain(WHOLE))
    assert back.model.raw["description"] == CUT
    assert [event.moment for event in back.history.events()] == [at(2), at(1)]


def test_a_list_withdraws_only_models_it_covers_and_can_read() -> None:
    picture = record("a/picture", architecture=making("image"))
    both = record("a/both", architecture=making("image", "text"))
    everything = seen(0, picture, both, record("a/bad"), record("a/1"))

    known = after(
        everything, seen(1, record("a/2"), coverage=Coverage.parse(""), unreadable=["a/bad"])
    )

    assert states(known) == {
        "a/2": None,
        "a/picture": None,
        "a/bad": None,
        "a/both": at(1),
        "a/1": at(1),
    }


def test_a_late_list_changes_the_past_only() -> None:
    known = after(
        seen(5, record("a/1", name="New", description=CUT), record("a/3")),
        seen(2, record("a/1", name="Old", description=WHOLE), record("a/2")),
    )

    one, three, two = known.profiles
    assert (known.as_of, known.sources["list"].fetched_at) == (at(5), at(5))
    assert (one.model.name, one.markdown) == ("New", WHOLE)
    assert one.history.events() == [Event(at(5), "name", "Old", "New")]
    assert (three.withdrawn, two.withdrawn) == (None, at(5))
    assert (one.history.first_seen, three.history.first_seen) == (at(2), at(5))


def test_a_late_list_adds_a_model_that_is_not_covered_now() -> None:
    picture = record("a/picture", architecture=making("image"))
    known = after(seen(5, record("a/1"), coverage=Coverage.parse("text")), seen(2, picture))

    assert states(known) == {"a/1": None, "a/picture": None}


def test_a_list_merged_again_changes_nothing() -> None:
    lists = [seen(0, record("a/1")), seen(1, record("a/1", name="One"), record("a/2"))]

    assert after(*lists, lists[1], lists[0]) == after(*lists)


def test_the_first_of_two_lists_of_one_moment_stays() -> None:
    known = after(seen(0, record("a/1", name="One")), seen(0, record("a/1", name="Other")))

    assert (known.profiles[0].model.name, known.profiles[0].history.events()) == ("One", [])


LISTS = st.lists(
    st.dictionaries(st.sampled_from(["a/1", "a/2", "a/3"]), st.sampled_from(["x", "y"])),
    min_size=2,
    max_size=4,
)


@given(LISTS, st.randoms())
def test_no_model_or_value_is_lost_in_any_order_of_lists(
    lists: Sequence[dict[str, str]], chance: Any
) -> None:
    observations = [
        seen(hour, *(record(i, name=name) for i, name in names.items()))
        for hour, names in enumerate(lists)
    ]
    chance.shuffle(observations)

    known = after(*observations)

    names = {
        (p.model.id, point.value) for p in known.profiles for point in p.history.timelines["name"]
    }
    assert names == {(i, name) for one in lists for i, name in one.items()}
    assert {i for i, gone in states(known).items() if not gone} == lists[-1].keys()


def alias(target: str) -> dict[str, Any]:
    return record("~a/latest", alias_target={"slug": target, "name": target})


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        (["a/1", "a/1"], [None, None]),
        (["a/1", "a/2"], ["~a/latest", None]),
        (["a/1", "a/2", "a/1"], [None, "~a/latest"]),
    ],
    ids=["stays", "moves on", "comes back"],
)
def test_a_model_keeps_the_alias_that_moved_on(
    targets: Sequence[str], expected: Sequence[str | None]
) -> None:
    models = [record("a/1"), record("a/2")]
    known = after(*(seen(hour, alias(to), *models) for hour, to in enumerate(targets)))

    assert [p.former_alias for p in known.profiles[1:]] == expected


def test_a_model_withdrawn_with_its_alias_keeps_it() -> None:
    known = after(seen(0, alias("a/1"), record("a/1")), seen(1, alias("a/2"), record("a/2")))

    assert known.profiles[-1].former_alias == "~a/latest"
