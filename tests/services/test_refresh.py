from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from handler.domain.catalog.coverage import EVERYTHING, Coverage
from handler.domain.catalog.diff import CatalogDiff
from handler.domain.errors import CatalogRejected, SourceError, StoreUnavailable
from handler.domain.ingest.sanity_checks import SanityLimits
from handler.domain.snapshot.decode import decode_whole
from handler.ports import EndpointBatch
from handler.services.refresh import refresh_catalog, run_scheduled_refresh
from handler.services.refresh_result import RefreshResult
from handler.services.sources import Sources
from tests.support.builders import (
    ARENA_ROW,
    AS_OF,
    HERMES,
    MemoryArchive,
    MemoryStore,
    catalog_bytes,
    listing,
    making,
    record,
)
from tests.support.fakes import (
    FakeDataset,
    FakeEndpoints,
    ignore_progress,
    memory_repository,
    render_plain,
)

LIMITS = SanityLimits()
HOUR = timedelta(hours=1)


def refresh_from(
    sources: Sources,
    store: MemoryStore,
    as_of: datetime = AS_OF,
    limits: SanityLimits | None = LIMITS,
) -> RefreshResult:
    return refresh_catalog(
        sources, memory_repository(store), render_plain, as_of, limits, ignore_progress
    )


def refresh(
    store: MemoryStore,
    *records: Any,
    as_of: datetime = AS_OF + HOUR,
    limits: SanityLimits | None = LIMITS,
    coverage: Coverage = EVERYTHING,
) -> RefreshResult:
    return refresh_from(Sources(FakeDataset(*records, coverage=coverage)), store, as_of, limits)


def listed_ids(store: MemoryStore) -> list[str]:
    assert store.body is not None
    return [model.id for model in decode_whole(store.body).listed()]


def test_a_first_refresh_stores_every_model() -> None:
    store = MemoryStore()

    result = refresh(store, record("a/one", description="Words."), record("a/two"), as_of=AS_OF)

    assert result == RefreshResult(
        label="OpenRouter",
        as_of=AS_OF,
        models=2,
        changes=CatalogDiff(added=("a/one", "a/two")),
        catalog_as_of=AS_OF,
        source_states={"list": "fresh"},
    )
    assert store.body is not None
    catalog = decode_whole(store.body)
    assert catalog.as_of == AS_OF
    assert [m.description for m in catalog.listed()] == [render_plain("Words."), render_plain("")]


def test_a_refresh_reports_changes_other_than_benchmarks() -> None:
    one, two, three = record("a/one"), record("a/two"), record("a/three")
    store = MemoryStore(catalog_bytes([one, two, three]))

    result = refresh(
        store, {**one, "benchmarks": {"x": 1}}, {**two, "name": "Two"}, record("a/four")
    )

    assert result.changes == CatalogDiff(
        added=("a/four",), withdrawn=("a/three",), changed=("a/two",)
    )
    assert refresh(store, one, three, as_of=AS_OF + 2 * HOUR, limits=None).changes.returned == (
        "a/three",
    )


def test_one_bad_record_costs_that_record_alone() -> None:
    store = MemoryStore(catalog_bytes([record("a/1"), record("a/bad")]))

    result = refresh(
        store,
        *(record(f"a/{n}") for n in range(9)),
        {"id": "nonsense"},
        record("a/1"),
        record("a/bad", pricing=[]),
        limits=None,
    )

    assert result.skipped_records == (
        "the id 'nonsense' is not of the form author/slug[:variant]",
        "a/1: listed twice",
        "a/bad: pricing is list, not an object",
    )
    assert (result.models, result.changes.withdrawn) == (10, ())
    assert "a/bad" in listed_ids(store)


HUGE = record("a/bad", description="x" * 100_000)


@pytest.mark.promise("P13", "bad records among good ones")
@pytest.mark.parametrize(
    "bad",
    [
        HUGE,
        record("a/bad", pricing={"prompt": "9e9999999999999"}),
        {**HERMES, "id": 5},
        record("a/bad", pricing={"prompt": []}),
        record("api/bad"),
        None,
        [],
        "x" * 100_000,
    ],
    ids=["huge", "an exponent", "an id", "a price", "reserved", "null", "list", "text"],
)
def test_one_hostile_record_costs_that_record_alone(bad: Any) -> None:
    store = MemoryStore(catalog_bytes([record(f"a/{n}") for n in range(9)]))

    result = refresh(store, *(record(f"a/{n}") for n in range(9)), bad)

    assert (result.models, len(result.skipped_records)) == (9, 1)
    assert listed_ids(store) == [f"a/{n}" for n in range(9)]


def failing(error: Exception) -> Callable[[MemoryStore], RefreshResult]:
    return lambda store: refresh_from(Sources(FakeDataset(error=error)), store)


@pytest.mark.parametrize(
    ("attempt", "error"),
    [
        (failing(SourceError("OpenRouter is down")), SourceError),
        (lambda store: refresh(store, "x", {}, 5), CatalogRejected),
        (lambda store: refresh(store, "x", {}, 5, limits=None), CatalogRejected),
        (lambda store: refresh(store, record("a/1")), CatalogRejected),
        (
            lambda store: refresh(store, *(record(f"a/{n}") for n in range(9)), {}, {}, {}),
            CatalogRejected,
        ),
    ],
    ids=["no source", "no model", "no model, by force", "most models lost", "too many bad records"],
)
def test_a_bad_refresh_changes_no_stored_byte(
    attempt: Callable[[MemoryStore], RefreshResult], error: type[Exception]
) -> None:
    before = catalog_bytes([record(f"a/{n}") for n in range(9)])
    store = MemoryStore(before)

    with pytest.raises(error):
        attempt(store)

    assert store.body == before


def test_a_failing_scheduled_refresh_records_since_when() -> None:
    good, bad = FakeDataset(record("a/1")), FakeDataset(error=SourceError("OpenRouter is down"))
    store = MemoryStore()
    repository = memory_repository(store)

    def scheduled(source: FakeDataset, hours: int) -> None:
        as_of = AS_OF + hours * HOUR
        run_scheduled_refresh(
            Sources(source), repository, render_plain, as_of, LIMITS, ignore_progress
        )

    def state() -> tuple[date, datetime | None, str]:
        source = repository.load().sources["list"]
        return source.as_of, source.failing_since, source.failure

    with pytest.raises(SourceError):
        scheduled(bad, 0)
    assert store.body is None
    scheduled(good, 1)
    for hours in (2, 3):
        with pytest.raises(SourceError, match="OpenRouter is down"):
            scheduled(bad, hours)
        assert state() == (AS_OF + HOUR, AS_OF + 2 * HOUR, "OpenRouter is down")
    scheduled(good, 4)
    assert state() == (AS_OF + 4 * HOUR, None, "")


def test_a_failure_that_cannot_be_stored_is_raised() -> None:
    store = MemoryStore(catalog_bytes([record("a/1")]))
    store.failure = StoreUnavailable("down")
    source = FakeDataset(error=SourceError("OpenRouter is down"))

    with pytest.raises(SourceError):
        run_scheduled_refresh(
            Sources(source),
            memory_repository(store),
            render_plain,
            AS_OF + HOUR,
            LIMITS,
            ignore_progress,
        )


def test_a_replaced_corrupt_snapshot_is_counted() -> None:
    store = MemoryStore(b"damaged")

    damaged = refresh(store, record("a/1"))
    replaced = refresh(store, record("a/1"), as_of=AS_OF + 2 * HOUR)

    assert damaged.metrics() == {"SnapshotUnreadable": 1, "CatalogAgeSeconds": 0}
    assert replaced.metrics() == {"CatalogAgeSeconds": 0}


def test_without_limits_any_list_is_merged() -> None:
    store = MemoryStore(catalog_bytes([record(f"a/{n}") for n in range(9)]))

    refresh(store, record("b/1"), limits=None)

    assert listed_ids(store) == ["b/1"]


def test_a_list_is_dated_to_the_second() -> None:
    store = MemoryStore()

    refresh(store, record("a/1"), as_of=AS_OF.replace(microsecond=123_456))

    assert store.body is not None
    assert decode_whole(store.body).as_of == AS_OF


def test_a_refresh_without_changes_updates_as_of() -> None:
    store = MemoryStore()
    refresh(store, HERMES, as_of=AS_OF)
    before = decode_whole(store.read().body)

    result = refresh(store, HERMES)

    after = decode_whole(store.read().body)
    assert (result.changes, result.changed) == (CatalogDiff(), True)
    assert (after.version, after.as_of) == (before.version, AS_OF + HOUR)
    assert list(after.profiles()) == [
        each._replace(read_at=AS_OF + HOUR) for each in before.profiles()
    ]


def test_a_list_of_the_same_time_changes_nothing() -> None:
    store = MemoryStore()
    refresh(store, record("a/1"))
    before = store.body

    result = refresh(store, record("a/1"), as_of=AS_OF + HOUR)

    assert (result.changed, store.body) == (False, before)


def test_a_list_withdraws_no_model_that_it_does_not_cover() -> None:
    picture = record("a/picture", architecture=making("image"))
    store = MemoryStore(catalog_bytes([record("a/1"), picture]))

    result = refresh(store, record("a/1"), coverage=Coverage.parse("text"))

    assert (result.models, result.changes) == (2, CatalogDiff())


def test_the_list_is_stored_before_other_sources_are_polled() -> None:
    store = MemoryStore()

    class Late(FakeEndpoints):
        def fetch(self, model_ids: Sequence[str]) -> EndpointBatch:
            assert listed_ids(store) == ["a/1"]
            return super().fetch(model_ids)

    endpoints = Late({"a/1": [{"provider_name": "Acme"}]})
    refresh_from(Sources(FakeDataset(record("a/1")), endpoints=endpoints), store)

    assert endpoints.requested == [["a/1"]]
    profile = decode_whole(store.read().body).profile("a/1")
    assert [endpoint.provider for endpoint in profile.endpoints()] == ["Acme"]


def test_a_failing_source_keeps_its_data_and_delays_no_other() -> None:
    store = MemoryStore()
    endpoints = FakeEndpoints({"a/1": [{"provider_name": "Acme"}]})
    models, down = FakeDataset(record("a/1")), FakeDataset(error=SourceError("Arena is down"))
    refresh_from(Sources(models, endpoints=endpoints), store)

    result = refresh_from(
        Sources(models, endpoints=FakeEndpoints({}), arena=down, usage=down),
        store,
        AS_OF + 7 * HOUR,
    )

    assert result.warnings == ("Arena is down", "Arena is down", "upstream is down")
    assert result.source_states == {"list": "fresh", "details": "stale"}
    catalog = decode_whole(store.read().body)
    assert catalog.sources["details"].failing_since == AS_OF + 7 * HOUR
    assert [e.provider for e in catalog.profile("a/1").endpoints()] == ["Acme"]


def test_a_new_model_is_ranked_by_the_stored_leaderboard() -> None:
    store = MemoryStore()
    ranks = FakeDataset(ARENA_ROW)
    refresh_from(Sources(FakeDataset(record("a/1")), arena=ranks), store)

    refresh_from(Sources(FakeDataset(record("a/1"), HERMES), arena=ranks), store, AS_OF + HOUR)

    standing = decode_whole(store.read().body).profile(HERMES["id"]).arena_rank
    assert (ranks.fetches, standing and standing.rank) == (1, 1)


def test_bodies_are_archived_under_their_hash() -> None:
    archive = MemoryArchive()
    repository = memory_repository(MemoryStore(), archive)
    source = FakeDataset(record("a/1"))

    refresh_catalog(Sources(source), repository, render_plain, AS_OF, None, ignore_progress)

    assert archive.bodies == {listing().sha256: listing().body}
    assert repository.load().sources["list"].sha256 in archive.bodies


def test_a_list_that_cannot_be_archived_is_merged() -> None:
    archive = MemoryArchive()
    archive.failure = StoreUnavailable("no room")
    store = MemoryStore()
    repository = memory_repository(store, archive)

    refresh_catalog(
        Sources(FakeDataset(HERMES)), repository, render_plain, AS_OF, None, ignore_progress
    )

    assert listed_ids(store) == [HERMES["id"]]


def test_an_unavailable_store_is_an_error() -> None:
    store = MemoryStore(catalog_bytes([record("a/1")]))
    store.failure = StoreUnavailable("away")

    with pytest.raises(StoreUnavailable):
        refresh(store, record("a/1"))


def test_log_fields_have_counts_and_first_messages() -> None:
    result = RefreshResult(
        "OpenRouter", AS_OF, 5, CatalogDiff(added=("a/1",)), ("bad",) * 12, ("down",)
    )

    assert result.log_fields() == {
        "source": "OpenRouter",
        "as_of": AS_OF.isoformat(),
        "models": 5,
        "added": 1,
        "withdrawn": 0,
        "returned": 0,
        "changed": 0,
        "skipped": ["bad"] * 10,
        "skipped_count": 12,
        "warnings": ["down"],
        "warnings_count": 1,
        "left_for_later": 0,
        "sources": {},
        "written": True,
    }
