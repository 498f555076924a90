"""Properties of merging lists again, and in any order."""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handler.domain.catalog.catalog import CatalogData
from handler.domain.catalog.coverage import EVERYTHING, Coverage
from handler.domain.catalog.model_history import (
    LISTED,
    record_absence,
    record_listing,
    tracked_facts,
)
from handler.domain.ingest.merge import ObservedModelList, merge_model_list
from handler.domain.snapshot import codec
from handler.domain.text import RenderedDescription
from tests.support.builders import AS_OF, ORIGIN, making, model, profile, record

# One full text alone: after another one, a truncated text of the first is completed no more.
TEXTS = st.sampled_from([None, "The whole of it.", "The whole..."])


@st.composite
def records(draw: Callable[[Any], Any], model_id: str) -> dict[str, Any]:
    return record(
        model_id,
        name=draw(st.sampled_from(["One", "Two"])),
        context_length=draw(st.sampled_from([None, 1, 2])),
        pricing={"prompt": draw(st.sampled_from(["1", "2", "0"])), "completion": "1"},
        description=draw(TEXTS),
        architecture=draw(st.sampled_from([making("text"), making("image"), None])),
        expiration_date=draw(st.sampled_from([None, "2027-01-01"])),
    )


@st.composite
def model_lists(draw: Callable[[Any], Any], coverages: Any) -> ObservedModelList:
    ids = draw(st.sets(st.sampled_from(["a/1", "a/2", "a/3"]), min_size=1))
    moment = AS_OF + timedelta(minutes=draw(st.integers(0, 6)))
    models = {model_id: model(draw(records(model_id))) for model_id in sorted(ids)}
    coverage = draw(coverages)
    unreadable = set() if coverage == EVERYTHING else draw(st.sets(st.sampled_from(["a/1"]))) - ids
    return ObservedModelList(moment, coverage, models, frozenset(unreadable), ORIGIN)


ANY = st.lists(
    model_lists(st.sampled_from([EVERYTHING, Coverage.parse("text")])), min_size=1, max_size=6
)
COMPLETE = st.lists(
    model_lists(st.just(EVERYTHING)),
    min_size=2,
    max_size=5,
    unique_by=lambda observed: observed.as_of,
)


def render(markdown: str) -> RenderedDescription:
    return RenderedDescription(markdown, markdown)


def merge(*lists: ObservedModelList, stored: CatalogData | None = None) -> CatalogData:
    for observed in lists:
        stored = merge_model_list(stored, observed, render)
    assert stored
    return stored


@pytest.mark.promise("P9", "lists merged again")
@given(ANY, st.data())
def test_a_list_merged_twice_changes_nothing(
    lists: list[ObservedModelList], data: st.DataObject
) -> None:
    late = data.draw(st.sampled_from(lists))

    catalog = merge(*lists, late)

    assert merge(late, stored=catalog) == catalog


@pytest.mark.promise("P9", "lists merged again, long after")
@given(COMPLETE, st.data())
def test_a_list_merged_in_order_never_changes_anything_again(
    lists: list[ObservedModelList], data: st.DataObject
) -> None:
    catalog = merge(*sorted(lists, key=lambda one: one.as_of))

    again = data.draw(st.sampled_from(lists))

    assert merge(again, stored=catalog) == catalog


@pytest.mark.promise("P9", "lists merged in any order")
@given(COMPLETE, st.randoms(use_true_random=False))
def test_the_newest_list_is_current_in_any_order(lists: list[ObservedModelList], rng: Any) -> None:
    shuffled = rng.sample(lists, len(lists))
    newest = max(lists, key=lambda one: one.as_of)

    catalog = merge(*shuffled)

    listed = {p.model.id: tracked_facts(p.model) for p in catalog.profiles if not p.withdrawn}
    assert listed == {i: tracked_facts(m) for i, m in newest.models.items()}
    assert catalog.as_of == newest.as_of
    all_ids = {model_id for one in lists for model_id in one.models}
    assert {p.model.id for p in catalog.profiles} == all_ids


@pytest.mark.promise("P9", "histories of lists in any order")
@given(ANY)
def test_a_history_is_sorted_distinct_and_ends_in_the_present(
    lists: list[ObservedModelList],
) -> None:
    catalog = merge(*lists)

    for merged in catalog.profiles:
        for fact, points in merged.history.timelines.items():
            moments = [point.moment for point in points]
            assert moments == sorted(set(moments))
            assert all(a.value != b.value for a, b in pairwise(points))
            if fact != LISTED:
                assert points[-1].value == tracked_facts(merged.model)[fact]


@pytest.mark.promise("P9", "catalogs stored and read")
@given(ANY)
def test_a_merged_catalog_survives_storage(lists: list[ObservedModelList]) -> None:
    catalog = merge(*lists)

    assert codec.decode(codec.encode(catalog, "run")).load_all() == catalog


@pytest.mark.promise("P15", "changes of one model kept")
def test_a_history_of_ten_thousand_changes_is_bounded() -> None:
    one = profile(record("a/1"))
    history, last = one.history, AS_OF
    for number in range(10_000):
        now = AS_OF + timedelta(minutes=number + 1)
        changed = model(record("a/1", name=f"Name {number}", context_length=number))
        history = (
            record_listing(history, changed, now, last)
            if number % 3
            else record_absence(history, now, last)
        )
        last = now
    changed_profile = profile(record("a/1", name="Name 9998", context_length=9998), history=history)
    catalog = CatalogData(last, EVERYTHING, (changed_profile,), {"list": ORIGIN})

    assert max(map(len, history.timelines.values())) <= 200
    assert codec.decode(codec.encode(catalog, "run")).load_all() == catalog
