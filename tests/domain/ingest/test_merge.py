from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import permutations
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

FULL = "A full description."
TRUNCATED = "A full..."


def at(hour: int) -> datetime:
    return AS_OF + timedelta(hours=hour)


def observe(
    hour: int,
    *records: dict[str, Any],
    coverage: Coverage = EVERYTHING,
    unreadable: Iterable[str] = (),
) -> ObservedModelList:
    provenance = ORIGIN._replace(fetched_at=at(hour), as_of=at(hour))
    models = {raw["id"]: model(raw) for raw in records}
    return ObservedModelList(at(hour), coverage, models, frozenset(unreadable), provenance)


def render(markdown: str) -> RenderedDescription:
    return RenderedDescription(markdown, markdown)


def merge(*lists: ObservedModelList) -> CatalogData:
    """Return the catalog after these lists, merged in this order."""
    catalog: CatalogData | None = None
    for observed in lists:
        catalog = merge_model_list(catalog, observed, render)
    assert catalog is not None
    return catalog


def withdrawn(catalog: CatalogData) -> dict[str, datetime | None]:
    return {profile.model.id: profile.withdrawn for profile in catalog.profiles}


def test_the_first_list_is_the_whole_catalog() -> None:
    catalog = merge(observe(0, record("a/1", description=FULL), record("a/2")))

    assert withdrawn(catalog) == {"a/1": None, "a/2": None}
    assert [p.model.description for p in catalog.profiles] == [render(FULL), render("")]
    assert (catalog.as_of, catalog.sources["list"].fetched_at) == (at(0), at(0))


def test_an_unlisted_model_keeps_its_data_behind_the_listed() -> None:
    catalog = merge(observe(0, record("a/1", name="One"), record("a/2")), observe(1, record("a/2")))

    assert list(withdrawn(catalog).items()) == [("a/2", None), ("a/1", at(1))]
    assert catalog.profiles[1].model.name == "One"


def test_withdrawn_models_come_last() -> None:
    picture = record("a/picture", architecture=making("image"))
    text = observe(1, record("a/2"), coverage=Coverage.parse("text"))

    catalog = merge(observe(0, record("a/gone"), picture), text)

    assert list(withdrawn(catalog)) == ["a/2", "a/picture", "a/gone"]


def test_a_returned_model_is_complete_again() -> None:
    one = record("a/1", description=FULL)
    catalog = merge(
        observe(0, one), observe(1, record("a/2")), observe(2, {**one, "description": TRUNCATED})
    )

    (returned,) = [p for p in catalog.profiles if p.model.id == "a/1"]
    assert (returned.withdrawn, returned.markdown, returned.model.description) == (
        None,
        FULL,
        render(FULL),
    )
    assert returned.model.raw["description"] == TRUNCATED
    assert [event.moment for event in returned.history.events()] == [at(2), at(1)]


def test_a_list_withdraws_only_models_it_covers_and_can_read() -> None:
    picture = record("a/picture", architecture=making("image"))
    both = record("a/both", architecture=making("image", "text"))
    everything = observe(0, picture, both, record("a/bad"), record("a/1"))

    catalog = merge(
        everything, observe(1, record("a/2"), coverage=Coverage.parse(""), unreadable=["a/bad"])
    )

    assert withdrawn(catalog) == {
        "a/2": None,
        "a/picture": None,
        "a/bad": None,
        "a/both": at(1),
        "a/1": at(1),
    }


def test_a_late_list_changes_the_past_only() -> None:
    catalog = merge(
        observe(5, record("a/1", name="New", description=TRUNCATED), record("a/3")),
        observe(2, record("a/1", name="Old", description=FULL), record("a/2")),
    )

    one, three, two = catalog.profiles
    assert (catalog.as_of, catalog.sources["list"].fetched_at) == (at(5), at(5))
    assert (one.model.name, one.markdown) == ("New", FULL)
    assert one.history.events() == [Event(at(5), "name", "Old", "New")]
    assert (three.withdrawn, two.withdrawn) == (None, at(5))
    assert (one.history.first_seen, three.history.first_seen) == (at(2), at(5))


def test_a_late_list_adds_a_model_that_is_not_covered_now() -> None:
    picture = record("a/picture", architecture=making("image"))
    catalog = merge(observe(5, record("a/1"), coverage=Coverage.parse("text")), observe(2, picture))

    assert withdrawn(catalog) == {"a/1": None, "a/picture": None}


def test_a_list_merged_again_changes_nothing() -> None:
    lists = [observe(0, record("a/1")), observe(1, record("a/1", name="One"), record("a/2"))]

    assert merge(*lists, lists[1], lists[0]) == merge(*lists)


def test_the_greater_record_of_one_moment_counts_in_any_order() -> None:
    lists = [observe(0, record("a/1", name="One")), observe(0, record("a/1", name="Other"))]

    catalog = merge(*lists)

    assert (catalog.profiles[0].model.name, catalog.profiles[0].history.events()) == ("Other", [])
    assert merge(*reversed(lists)) == catalog


def cost(model_id: str, dollars: str) -> dict[str, Any]:
    return record(model_id, pricing={"prompt": dollars, "completion": dollars})


BACKFILL = [
    observe(0, cost("a/stays", "1"), cost("a/gone", "1")),
    observe(1, cost("a/stays", "1"), cost("a/gone", "2")),
    observe(2, cost("a/stays", "1")),
]


@pytest.mark.parametrize("order", list(permutations(BACKFILL)))
def test_no_event_is_dated_by_a_list_without_the_model(order: Sequence[ObservedModelList]) -> None:
    gone = merge(*order).profiles[1]

    one, two = ({"prompt": dollars, "completion": dollars} for dollars in "12")
    assert gone.history.events() == [
        Event(at(2), "listed", True, False),
        Event(at(1), "price", one, two),
    ]
    assert (gone.model.raw, gone.read_at) == (cost("a/gone", "2"), at(1))


def test_an_unreadable_record_keeps_the_date_of_its_facts() -> None:
    lists = [
        observe(0, cost("a/ok", "1"), cost("a/broken", "1")),
        observe(1, cost("a/ok", "2"), unreadable=["a/broken"]),
    ]

    for order in permutations(lists):
        ok, broken = merge(*order).profiles
        assert (ok.read_at, ok.unreadable_at) == (at(1), None)
        assert (broken.read_at, broken.unreadable_at, broken.withdrawn) == (at(0), at(1), None)
        assert broken.history.events() == []


def test_a_model_that_a_list_does_not_cover_keeps_its_date() -> None:
    picture = record("a/picture", architecture=making("image"))

    catalog = merge(observe(0, picture), observe(1, record("a/1"), coverage=Coverage.parse("text")))

    assert [(p.read_at, p.withdrawn) for p in catalog.profiles] == [(at(1), None), (at(0), None)]


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_a_text_changed_for_a_day_does_not_cost_the_whole_one(order: Sequence[int]) -> None:
    texts = [FULL, TRUNCATED, "Something else.", TRUNCATED]
    lists = [observe(n, record("a/1", description=text)) for n, text in enumerate(texts)]

    (one,) = merge(*(lists[n] for n in order)).profiles

    assert (one.markdown, one.model.description) == (FULL, render(FULL))


LISTS = st.lists(
    st.dictionaries(st.sampled_from(["a/1", "a/2", "a/3"]), st.sampled_from(["x", "y"])),
    min_size=2,
    max_size=4,
)


@given(LISTS, st.randoms())
def test_no_model_or_value_is_lost_in_any_order_of_lists(
    lists: Sequence[dict[str, str]], rng: Any
) -> None:
    observed = [
        observe(hour, *(record(i, name=name) for i, name in names.items()))
        for hour, names in enumerate(lists)
    ]
    rng.shuffle(observed)

    catalog = merge(*observed)

    names = {
        (p.model.id, point.value) for p in catalog.profiles for point in p.history.timelines["name"]
    }
    assert names == {(i, name) for names in lists for i, name in names.items()}
    assert {i for i, moment in withdrawn(catalog).items() if not moment} == lists[-1].keys()


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
    catalog = merge(*(observe(hour, alias(to), *models) for hour, to in enumerate(targets)))

    assert [p.former_alias for p in catalog.profiles[1:]] == expected


def test_a_model_withdrawn_with_its_alias_keeps_it() -> None:
    catalog = merge(
        observe(0, alias("a/1"), record("a/1")), observe(1, alias("a/2"), record("a/2"))
    )

    assert catalog.profiles[-1].former_alias == "~a/latest"
