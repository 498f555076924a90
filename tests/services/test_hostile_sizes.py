"""Lists that are made to fill the store, refresh by refresh: each is bounded or refused."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest

from handler.domain.errors import CatalogRejected, OverBudget
from handler.domain.ingest.sanity_checks import SanityLimits
from handler.domain.snapshot.decode import decode_whole
from handler.domain.snapshot.text_size import SnapshotLimits
from handler.domain.text import RenderedDescription
from handler.services.refresh import refresh_catalog
from handler.services.refresh_result import RefreshResult
from handler.services.snapshot_repository import SnapshotRepository
from handler.services.sources import Sources
from tests.support.builders import AS_OF, MemoryArchive, MemoryStore, record
from tests.support.fakes import FakeDataset, ignore_progress, memory_repository, render_plain

BY_SCHEDULE = SanityLimits()
BY_HAND = SanityLimits(max_new_models_per_day=float("inf"))


def refresh(
    store: MemoryStore,
    records: Sequence[Any],
    minutes: int = 0,
    limits: SanityLimits = BY_SCHEDULE,
    clock: Callable[[], float] = lambda: 0.0,
    render: Callable[[str], RenderedDescription] = render_plain,
) -> RefreshResult:
    return refresh_catalog(
        Sources(FakeDataset(*records)),
        memory_repository(store),
        render,
        AS_OF + timedelta(minutes=minutes),
        limits,
        ignore_progress,
        clock,
    )


def text_bytes(store: MemoryStore) -> int:
    """Return the bytes of all of a stored catalog's histories, as JSON."""
    assert store.body
    profiles = decode_whole(store.body).profiles()
    return sum(len(repr(profile.history.timelines["price"])) for profile in profiles)


def tiered(model_id: str, moment: int) -> dict[str, Any]:
    """Return a record with 48 tiers of prices that no other moment has."""
    tiers = [
        {"prompt": f"0.0{moment:03}{tier:03}", "min_prompt_tokens": 1_000 * (tier + 1)}
        for tier in range(48)
    ]
    return record(model_id, pricing={"prompt": "0.001", "completion": "0.001", "overrides": tiers})


def models(count: int) -> list[dict[str, Any]]:
    return [record(f"acme/m{number}") for number in range(count)]


@pytest.mark.promise("P14", "changes of 48 tiers at each refresh")
def test_prices_that_change_at_each_refresh_fill_bounded_bytes() -> None:
    store = MemoryStore()
    for moment in range(60):
        refresh(store, [tiered("acme/one", moment), record("acme/two")], 15 * moment)

    profile = decode_whole(store.body or b"").profile("acme/one")
    points = profile.history.timelines["price"]
    moments = [(point.moment - AS_OF) // timedelta(minutes=15) for point in points]
    newest = list(range(60 - len(points) + 1, 60))
    assert moments == [0, *newest]
    assert text_bytes(store) < 400_000  # 64 KiB of JSON, as Python shows it
    assert len(points) < 30


@pytest.mark.promise("P12", "lists that double at each refresh")
def test_a_catalog_cannot_double_at_each_refresh() -> None:
    store = MemoryStore()
    refresh(store, models(540))

    refresh(store, models(1_080), 15)
    with pytest.raises(CatalogRejected, match="one day have added 1,620 models, more than 1,000"):
        refresh(store, models(2_160), 30)

    assert decode_whole(store.body or b"").listed_count == 1_080


def test_the_first_list_is_not_counted_as_models_of_a_day() -> None:
    store = MemoryStore()

    refresh(store, models(3_000))
    result = refresh(store, models(3_010), 15)

    assert len(result.changes.added) == 10


def test_models_of_an_earlier_day_do_not_count() -> None:
    store = MemoryStore()
    refresh(store, models(600))
    refresh(store, models(1_500), 15)

    result = refresh(store, models(2_400), 15 + 24 * 60)

    assert len(result.changes.added) == 900


def test_a_backfill_by_hand_may_add_a_year_in_a_day() -> None:
    store = MemoryStore()
    refresh(store, models(600))
    refresh(store, models(1_200), 15, BY_HAND)

    result = refresh(store, models(2_000), 30, BY_HAND)

    assert len(result.changes.added) == 800


def test_a_refresh_after_a_backfill_is_not_refused() -> None:
    store = MemoryStore()
    refresh(store, models(3_000))
    refresh(store, models(1_200), -60 * 24 * 30, BY_HAND)

    result = refresh(store, models(3_005), 15)

    assert len(result.changes.added) == 5


def repository(store: MemoryStore, max_bytes: int) -> SnapshotRepository:
    limits = SnapshotLimits(text_bytes=max_bytes)
    return SnapshotRepository(store, MemoryArchive(), lambda _: None, lambda: "run", limits)


def test_a_snapshot_above_its_bytes_is_refused_before_it_is_written() -> None:
    store = MemoryStore()
    refresh(store, models(10))
    before = store.body
    sources = Sources(FakeDataset(*models(60)))

    with pytest.raises(OverBudget, match="over 10,000: it is not written"):
        refresh_catalog(
            sources, repository(store, 10_000), render_plain, AS_OF, None, ignore_progress
        )

    assert store.body == before


class Clock:
    """A clock of processor time, which each rendering advances."""

    def __init__(self) -> None:
        self.now = 0.0
        self.rendered: list[str] = []

    def __call__(self) -> float:
        return self.now

    def render(self, markdown: str) -> RenderedDescription:
        self.now += 1.0
        self.rendered.append(markdown)
        return render_plain(markdown)


def described(count: int) -> list[dict[str, Any]]:
    return [record(f"acme/m{n}", description=f"Words of {n}.") for n in range(count)]


@pytest.mark.promise("P14", "descriptions for which no time is left")
def test_descriptions_past_the_time_are_left_for_later() -> None:
    store, clock = MemoryStore(), Clock()

    results = [
        refresh(store, described(40), minute, clock=clock, render=clock.render)
        for minute in range(4)
    ]

    assert [result.left_for_later for result in results] == [24, 8, 0, 0]
    assert sorted(clock.rendered) == sorted(raw["description"] for raw in described(40))


def test_a_description_is_rendered_once() -> None:
    store, clock = MemoryStore(), Clock()
    changed = [record("acme/m0", description="Other words."), *described(3)[1:]]

    for minute, records in enumerate([described(3), described(3), changed]):
        refresh(store, records, minute, clock=clock, render=clock.render)

    assert clock.rendered == ["Words of 0.", "Words of 1.", "Words of 2.", "Other words."]


def test_a_long_description_is_rendered_to_4000_characters() -> None:
    store, clock = MemoryStore(), Clock()

    refresh(store, [record(description="a " * 10_000)], clock=clock, render=clock.render)

    assert [len(text) for text in clock.rendered] == [4_000]


@pytest.mark.promise("P14", "refreshes past their processor time")
def test_a_refresh_past_its_processor_time_is_refused() -> None:
    store = MemoryStore()
    refresh(store, models(3))
    before = store.body
    times = iter(range(0, 1_000, 20))

    with pytest.raises(OverBudget, match="60 s of processor time, and may take 30"):
        refresh(store, models(4), 15, clock=lambda: float(next(times)))

    assert store.body == before


@pytest.mark.promise("P14", "descriptions that change at each refresh")
def test_past_descriptions_of_all_models_fill_bounded_bytes() -> None:
    store = MemoryStore()
    for moment in range(6):
        described = [
            record(f"acme/m{n}", description=f"{moment} " + "words " * 660) for n in range(400)
        ]
        refresh(store, described, 15 * moment)

    assert store.body
    profiles = list(decode_whole(store.body).profiles())
    texts = [len(past.text) for profile in profiles for past in profile.past_texts]
    assert 3_000_000 < sum(texts) <= 4 * 1024 * 1024
    assert {profile.past_texts[0].text[:2] for profile in profiles} == {"4 "}


@pytest.mark.promise("P14", "changes whose feed would be larger than the catalog")
def test_the_changes_of_all_models_fill_bounded_bytes() -> None:
    store = MemoryStore()
    for moment in range(4):
        refresh(store, [tiered(f"acme/m{n}", moment) for n in range(300)], 15 * moment)

    assert store.body
    changes = decode_whole(store.body).parts.changes()
    assert changes
    assert 4_000_000 < len(changes) < 4_300_000
