from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from handler.domain.catalog.coverage import EVERYTHING, Coverage
from handler.domain.catalog.diff import CatalogDiff
from handler.domain.errors import (
    CatalogRejected,
    SourceError,
    StoreUnavailable,
)
from handler.domain.ingest.sanity_checks import SanityLimits
from handler.domain.snapshot import codec
from handler.domain.text import RenderedDescription
from handler.ports import EndpointBatch, EndpointResponse, FetchedDataset
from handler.services.refresh import RefreshResult, Sources, refresh_catalog, run_scheduled_refresh
from handler.services.snapshot_repository import SnapshotRepository
from tests.support.builders import (
    AS_OF,
    HERMES,
    MemoryArchive,
    MemoryStore,
    catalog_bytes,
    listing,
    making,
    record,
)

GATES = SanityLimits()
RATING = {
    "rank": 1,
    "model_name": "hermes-4-405b",
    "organization": "nousresearch",
    "vote_count": 7.0,
    "rating": 1500.5,
    "rating_lower": 1490,
    "rating_upper": 1510,
}
HOUR = timedelta(hours=1)


class Source:
    """A source that lists these records, or fails."""

    def __init__(
        self, *records: Any, failure: Exception | None = None, coverage: Coverage = EVERYTHING
    ) -> None:
        self.coverage = coverage
        self.records = records
        self.failure = failure
        self.asked = 0

    def fetch(self) -> FetchedDataset:
        self.asked += 1
        if self.failure:
            raise self.failure
        return listing(*self.records)


@dataclass
class DetailsOf:
    """A source of details that knows these endpoints by model, and remembers who was asked for."""

    known: dict[str, list[Any]]
    label: str = "endpoints"
    url: str = "https://example.org/{id}"
    asked: list[list[str]] = field(default_factory=list)

    def fetch(self, model_ids: Sequence[str]) -> EndpointBatch:
        self.asked.append(list(model_ids))
        found = [
            EndpointResponse(i, {"endpoints": self.known[i]}, b"{}")
            for i in model_ids
            if i in self.known
        ]
        return EndpointBatch(tuple(found), () if found else ("upstream is down",))


def plain(markdown: str) -> RenderedDescription:
    return RenderedDescription(markdown, f"<p>{markdown}</p>")


def keeper_of(store: MemoryStore) -> SnapshotRepository:
    runs = iter(range(10**9))
    return SnapshotRepository(
        store, MemoryArchive(), lambda _seconds: None, lambda: f"run {next(runs)}"
    )


def refresh_from(
    sources: Sources,
    store: MemoryStore,
    as_of: datetime = AS_OF,
    gates: SanityLimits | None = GATES,
) -> RefreshResult:
    return refresh_catalog(sources, keeper_of(store), plain, as_of, gates, lambda _step: None)


def refresh(
    store: MemoryStore,
    *records: Any,
    as_of: datetime = AS_OF + HOUR,
    gates: SanityLimits | None = GATES,
    coverage: Coverage = EVERYTHING,
) -> RefreshResult:
    return refresh_from(Sources(Source(*records, coverage=coverage)), store, as_of, gates)


def listed_ids(store: MemoryStore) -> list[str]:
    assert store.body is not None
    return [model.id for model in codec.decode(store.body).listed()]


def test_a_first_refresh_stores_every_model_with_its_description() -> None:
    store = MemoryStore()

    found = refresh(store, record("a/one", description="Words."), record("a/two"), as_of=AS_OF)

    assert found == RefreshResult(
        label="OpenRouter",
        as_of=AS_OF,
        models=2,
        changes=CatalogDiff(added=("a/one", "a/two")),
        source_states={"list": "fresh"},
    )
    assert store.body is not None
    catalog = codec.decode(store.body)
    assert catalog.as_of == AS_OF
    assert [m.description for m in catalog.listed()] == [plain("Words."), plain("")]


def test_a_refresh_says_what_changed_and_benchmarks_are_no_change() -> None:
    one, two, three = record("a/one"), record("a/two"), record("a/three")
    store = MemoryStore(catalog_bytes([one, two, three]))

    found = refresh(
        store, {**one, "benchmarks": {"x": 1}}, {**two, "name": "Two"}, record("a/four")
    )

    assert found.changes == CatalogDiff(
        added=("a/four",), withdrawn=("a/three",), changed=("a/two",)
    )
    assert refresh(store, one, three, as_of=AS_OF + 2 * HOUR, gates=None).changes.returned == (
        "a/three",
    )


def test_one_bad_record_costs_that_record_alone() -> None:
    store = MemoryStore(catalog_bytes([record("a/1"), record("a/bad")]))

    found = refresh(
        store,
        *(record(f"a/{n}") for n in range(9)),
        {"id": "nonsense"},
        record("a/1"),
        record("a/bad", context_length="many"),
        gates=None,
    )

    assert found.skipped_records == (
        "the id 'nonsense' is not of the form author/slug[:variant]",
        "a/1: listed twice",
        "a/bad: context_length is 'many', not a whole number",
    )
    assert (found.models, found.changes.withdrawn) == (10, ())
    assert "a/bad" in listed_ids(store)


HUGE = record("a/bad", description="x" * 100_000)
LATENT = record("a/bad:free", pricing={"prompt": "0", "completion": "0", "overrides": ["x"]})


@pytest.mark.promise("P13", "bad records among good ones")
@pytest.mark.parametrize(
    "bad",
    [
        HUGE,
        LATENT,
        record("a/bad", pricing={"prompt": "9e9999999999999"}),
        {**HERMES, "id": 5},
        record("a/bad", default_parameters=[]),
        record("api/bad"),
        None,
        [],
        "x" * 100_000,
    ],
    ids=["huge", "latent", "an exponent", "an id", "settings", "reserved", "null", "list", "text"],
)
def test_one_record_that_nobody_expected_costs_that_record_alone(bad: Any) -> None:
    store = MemoryStore(catalog_bytes([record(f"a/{n}") for n in range(9)]))

    found = refresh(store, *(record(f"a/{n}") for n in range(9)), bad)

    assert (found.models, len(found.skipped_records)) == (9, 1)
    assert listed_ids(store) == [f"a/{n}" for n in range(9)]


def failing(error: Exception) -> Callable[[MemoryStore], RefreshResult]:
    return lambda store: refresh_from(Sources(Source(failure=error)), store)


@pytest.mark.parametrize(
    ("attempt", "error"),
    [
        (failing(SourceError("OpenRouter is down")), SourceError),
        (lambda store: refresh(store, "x", {}, 5), CatalogRejected),
        (lambda store: refresh(store, "x", {}, 5, gates=None), CatalogRejected),
        (lambda store: refresh(store, record("a/1")), CatalogRejected),
        (
            lambda store: refresh(store, *(record(f"a/{n}") for n in range(9)), {}, {}, {}),
            CatalogRejected,
        ),
    ],
    ids=["no source", "no model", "no model, by force", "most models lost", "too many bad records"],
)
def test_a_bad_refresh_leaves_the_stored_catalog_to_the_byte(
    attempt: Callable[[MemoryStore], RefreshResult], error: type[Exception]
) -> None:
    before = catalog_bytes([record(f"a/{n}") for n in range(9)])
    store = MemoryStore(before)

    with pytest.raises(error):
        attempt(store)

    assert store.body == before


def test_a_refresh_by_schedule_that_fails_says_since_when() -> None:
    good, bad = Source(record("a/1")), Source(failure=SourceError("OpenRouter is down"))
    store = MemoryStore()
    parts = keeper_of(store), plain

    def scheduled(source: Source, hours: int) -> None:
        as_of = AS_OF + hours * HOUR
        run_scheduled_refresh(Sources(source), *parts, as_of, GATES, lambda _step: None)

    def state() -> tuple[date, datetime | None, str]:
        source = parts[0].load().sources["list"]
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


def test_a_failure_that_cannot_be_noted_is_told_all_the_same() -> None:
    store = MemoryStore(catalog_bytes([record("a/1")]))
    store.failure = StoreUnavailable("down")
    source = Source(failure=SourceError("OpenRouter is down"))

    with pytest.raises(SourceError):
        run_scheduled_refresh(
            Sources(source), keeper_of(store), plain, AS_OF + HOUR, GATES, lambda _step: None
        )


def test_a_refresh_that_starts_over_says_so() -> None:
    store = MemoryStore(b"damaged")

    assert refresh(store, record("a/1")).metrics()["SnapshotUnreadable"] == 1
    assert (
        refresh(store, record("a/1"), as_of=AS_OF + 2 * HOUR).metrics()["SnapshotUnreadable"] == 0
    )


def test_force_lets_any_list_of_models_through() -> None:
    store = MemoryStore(catalog_bytes([record(f"a/{n}") for n in range(9)]))

    refresh(store, record("b/1"), gates=None)

    assert listed_ids(store) == ["b/1"]


def test_an_observation_is_dated_to_the_second() -> None:
    store = MemoryStore()

    refresh(store, record("a/1"), as_of=AS_OF.replace(microsecond=123_456))

    assert store.body is not None
    assert codec.decode(store.body).as_of == AS_OF


def test_a_refresh_that_finds_nothing_new_says_that_it_looked() -> None:
    store = MemoryStore()
    refresh(store, HERMES, as_of=AS_OF)
    before = codec.decode(store.read().body)

    found = refresh(store, HERMES)

    after = codec.decode(store.read().body)
    assert (found.changes, found.changed) == (CatalogDiff(), True)
    assert (after.version, after.as_of) == (before.version, AS_OF + HOUR)
    assert list(after.profiles()) == list(before.profiles())


def test_an_older_observation_that_knows_nothing_more_changes_nothing() -> None:
    store = MemoryStore()
    refresh(store, record("a/1"))
    before = store.body

    found = refresh(store, record("a/1"), as_of=AS_OF + HOUR)

    assert (found.changed, store.body) == (False, before)


def test_a_list_withdraws_nothing_that_it_does_not_cover() -> None:
    picture = record("a/picture", architecture=making("image"))
    store = MemoryStore(catalog_bytes([record("a/1"), picture]))

    found = refresh(store, record("a/1"), coverage=Coverage.parse("text"))

    assert (found.models, found.changes) == (2, CatalogDiff())


def test_the_list_is_stored_before_other_sources_are_asked() -> None:
    store = MemoryStore()

    class Late(DetailsOf):
        def fetch(self, model_ids: Sequence[str]) -> EndpointBatch:
            assert listed_ids(store) == ["a/1"]
            return super().fetch(model_ids)

    details = Late({"a/1": [{"provider_name": "Acme"}]})
    refresh_from(Sources(Source(record("a/1")), endpoints=details), store)

    assert details.asked == [["a/1"]]
    profile = codec.decode(store.read().body).profile("a/1")
    assert [endpoint.provider for endpoint in profile.endpoints()] == ["Acme"]


def test_a_source_that_fails_keeps_its_last_data_and_holds_up_no_other() -> None:
    store = MemoryStore()
    details = DetailsOf({"a/1": [{"provider_name": "Acme"}]})
    models, down = Source(record("a/1")), Source(failure=SourceError("Arena is down"))
    refresh_from(Sources(models, endpoints=details), store)

    found = refresh_from(
        Sources(models, endpoints=DetailsOf({}), arena=down, usage=down), store, AS_OF + 5 * HOUR
    )

    assert found.warnings == ("Arena is down", "Arena is down", "upstream is down")
    assert found.source_states == {"list": "fresh", "details": "stale"}
    catalog = codec.decode(store.read().body)
    assert catalog.sources["details"].failing_since == AS_OF + 5 * HOUR
    assert [e.provider for e in catalog.profile("a/1").endpoints()] == ["Acme"]


def test_a_model_that_comes_later_is_ranked_by_the_leaderboard_that_is_known() -> None:
    store = MemoryStore()
    ranks = Source(RATING)
    refresh_from(Sources(Source(record("a/1")), arena=ranks), store)

    refresh_from(Sources(Source(record("a/1"), HERMES), arena=ranks), store, AS_OF + HOUR)

    standing = codec.decode(store.read().body).profile(HERMES["id"]).arena_rank
    assert (ranks.asked, standing and standing.rank) == (1, 1)


def test_what_sources_said_is_archived_under_its_hash() -> None:
    archive = MemoryArchive()
    keeper = SnapshotRepository(MemoryStore(), archive, lambda _seconds: None, lambda: "run")
    source = Source(record("a/1"))

    refresh_catalog(Sources(source), keeper, plain, AS_OF, None, lambda _step: None)

    assert archive.bodies == {listing().sha256: listing().body}
    assert keeper.load().sources["list"].sha256 in archive.bodies


def test_a_list_that_cannot_be_archived_is_merged_all_the_same() -> None:
    archive = MemoryArchive()
    archive.failure = StoreUnavailable("no room")
    store = MemoryStore()
    keeper = SnapshotRepository(store, archive, lambda _seconds: None, lambda: "run")

    refresh_catalog(Sources(Source(HERMES)), keeper, plain, AS_OF, None, lambda _step: None)

    assert listed_ids(store) == [HERMES["id"]]


def test_a_store_that_is_away_is_an_error() -> None:
    store = MemoryStore(catalog_bytes([record("a/1")]))
    store.failure = StoreUnavailable("away")

    with pytest.raises(StoreUnavailable):
        refresh(store, record("a/1"))


def test_a_summary_counts_for_a_log_line() -> None:
    found = RefreshResult(
        "OpenRouter", AS_OF, 5, CatalogDiff(added=("a/1",)), ("bad",) * 12, ("down",)
    )

    assert found.log_fields() == {
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
        "sources": {},
        "written": True,
    }
