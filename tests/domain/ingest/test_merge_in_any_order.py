"""Properties of merging lists again, and in any order."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handler.domain.catalog.catalog import CatalogData
from handler.domain.catalog.coverage import EVERYTHING, NOTHING, Coverage
from handler.domain.catalog.model_history import LISTED, PRESENCE, tracked_facts
from handler.domain.catalog.timeline import MAX_POINTS
from handler.domain.ingest.merge import ObservedModelList, merge_model_list
from handler.domain.snapshot.decode import decode_whole
from handler.domain.snapshot.encode import encode
from handler.domain.text import RenderedDescription
from tests.support.builders import (
    AS_OF,
    ORIGIN,
    contents,
    making,
    model,
    profile,
    record,
    record_absence,
    record_listing,
)
from tests.support.iterations import repeat

IDS = ["a/1", "a/2", "a/3"]
TEXTS = st.sampled_from([None, "The whole of it.", "The whole of another.", "The whole..."])
COVERAGES = st.sampled_from([EVERYTHING, Coverage.parse("text"), Coverage.parse("image"), NOTHING])


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
def model_lists(draw: Callable[[Any], Any]) -> ObservedModelList:
    """A list of one of a few minutes, so that some lists have the same one."""
    ids = draw(st.lists(st.sampled_from(IDS), min_size=1, unique=True))
    moment = AS_OF + timedelta(minutes=draw(st.integers(0, 6)))
    models = {model_id: model(draw(records(model_id))) for model_id in ids}
    unreadable = frozenset(draw(st.sets(st.sampled_from(IDS)))) - models.keys()
    origin = ORIGIN._replace(sha256=draw(st.sampled_from("abcdef")) * 64, as_of=moment)
    return ObservedModelList(moment, draw(COVERAGES), models, unreadable, origin)


LISTS = st.lists(model_lists(), min_size=1, max_size=7)


def render(markdown: str) -> RenderedDescription:
    return RenderedDescription(markdown, markdown)


def merge(*lists: ObservedModelList, stored: CatalogData | None = None) -> CatalogData:
    for observed in lists:
        stored = merge_model_list(stored, observed, render)
    assert stored
    return stored


def by_date(lists: Sequence[ObservedModelList]) -> list[ObservedModelList]:
    return sorted(lists, key=lambda one: one.as_of)


@pytest.mark.promise("P9", "lists merged in any order")
@given(LISTS, st.randoms(use_true_random=False))
def test_the_catalog_is_the_same_in_any_order_of_lists(
    lists: list[ObservedModelList], rng: Any
) -> None:
    shuffled = rng.sample(lists, len(lists))

    assert merge(*shuffled) == merge(*by_date(lists))


@pytest.mark.promise("P9", "lists merged again")
@given(LISTS, st.data())
def test_a_list_merged_twice_changes_nothing(
    lists: list[ObservedModelList], data: st.DataObject
) -> None:
    again = data.draw(st.sampled_from(lists))

    catalog = merge(*lists)

    assert merge(again, stored=catalog) == catalog


@pytest.mark.promise("P9", "catalogs stored and read")
@given(LISTS, LISTS)
def test_storing_a_catalog_between_two_lists_changes_nothing(
    before: list[ObservedModelList], after: list[ObservedModelList]
) -> None:
    catalog = merge(*before)

    read = decode_whole(encode(catalog, "run")).load_all()

    assert read == catalog
    assert merge(*after, stored=read) == merge(*after, stored=catalog)


Seen = list[tuple[datetime, bool]]


def when_listed(lists: Sequence[ObservedModelList], model_id: str) -> Seen:
    """Return when a model came and went, computed from all lists at once."""
    moments = sorted({one.as_of for one in lists})
    seen: Seen = []
    newest = [one.models[model_id] for one in by_date(lists) if model_id in one.models][-1]
    for moment in moments:
        same = [one for one in lists if one.as_of == moment]
        is_listed = any(model_id in one.models for one in same)
        is_unreadable = any(model_id in one.unreadable_ids for one in same)
        is_covered = any(one.coverage.includes(newest.output_modalities) for one in same)
        is_known = is_listed or (seen and is_covered and not is_unreadable)
        if is_known and not (seen and seen[-1][1] == is_listed):
            seen.append((moment, is_listed))
    return seen


def events_of(lists: Sequence[ObservedModelList], model_id: str, fact: str) -> Seen:
    """Return the values of a fact and when each was first seen, from lists of different times."""
    seen: list[tuple[datetime, Any]] = []
    for one in by_date(lists):
        if model_id in one.models:
            value = tracked_facts(one.models[model_id])[fact]
            if not (seen and seen[-1][1] == value):
                seen.append((one.as_of, value))
    return seen


@pytest.mark.promise("P9", "histories of lists in any order")
@given(st.lists(model_lists(), min_size=1, max_size=7, unique_by=lambda one: one.as_of))
def test_a_history_says_what_all_lists_together_say(lists: list[ObservedModelList]) -> None:
    for merged in merge(*lists).profiles:
        model_id = merged.model.id
        timelines = dict(merged.history.timelines)
        del timelines[PRESENCE]
        assert [tuple(p) for p in timelines.pop(LISTED)] == when_listed(lists, model_id)
        for fact, points in timelines.items():
            assert [tuple(p) for p in points] == events_of(lists, model_id, fact)
            assert all(a.value != b.value for a, b in pairwise(points))
        newest = [one for one in by_date(lists) if model_id in one.models][-1]
        assert merged.read_at == newest.as_of
        assert merged.model.raw == newest.models[model_id].raw


@pytest.mark.promise("P15", "changes of one model kept")
def test_a_history_of_many_changes_is_bounded() -> None:
    one = profile(record("a/1"))
    history, changes = one.history, repeat(2_000, 10_000)
    for number in range(changes):
        now = AS_OF + timedelta(minutes=number + 1)
        changed = model(record("a/1", name=f"Name {number}", context_length=number))
        history = (
            record_listing(history, changed, now) if number % 3 else record_absence(history, now)
        )
    last = max(number for number in range(changes) if number % 3)
    newest = record("a/1", name=f"Name {last}", context_length=last)
    changed_profile = profile(newest, history=history)
    catalog = contents(changed_profile)

    assert max(map(len, history.timelines.values())) == MAX_POINTS
    assert decode_whole(encode(catalog, "run")).load_all() == catalog
