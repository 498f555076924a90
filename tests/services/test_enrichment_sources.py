from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from handler.domain.catalog.catalog import CatalogData
from handler.domain.catalog.profile import EndpointData, Profile
from handler.domain.catalog.provenance import ARENA, ENDPOINTS, USAGE
from handler.domain.errors import SourceError
from handler.ports import DatasetSource, EndpointBatch, EndpointResponse, FetchedDataset
from handler.services.enrichment_sources import (
    DATASET_POLL_INTERVAL,
    ENDPOINT_POLL_INTERVAL,
    SourceUpdate,
    models_due_for_polling,
    poll_endpoints,
    poll_leaderboard,
    poll_usage,
)
from tests.support.builders import (
    ARENA_ROW,
    AS_OF,
    HERMES,
    ORIGIN,
    contents,
    profile,
    record,
    withdrawn,
)
from tests.support.fakes import FakeDataset, FakeEndpoints

SECOND = timedelta(seconds=1)
USED = {"date": "2026-08-21", "model_permaslug": HERMES["canonical_slug"], "total_tokens": "5"}

Poll = Callable[[DatasetSource, CatalogData, datetime], SourceUpdate | None]
CATALOG = contents(profile(HERMES))
ROWS: dict[str, tuple[Poll, str, dict[str, Any]]] = {
    "ranks": (poll_leaderboard, ARENA, ARENA_ROW),
    "usage": (poll_usage, USAGE, USED),
}


def apply(update: SourceUpdate | None, catalog: CatalogData = CATALOG) -> CatalogData:
    assert update
    return update.apply(catalog)


@pytest.mark.parametrize(("poll", "name", "row"), ROWS.values(), ids=ROWS)
def test_a_dataset_is_polled_at_its_interval(poll: Poll, name: str, row: dict[str, Any]) -> None:
    source = FakeDataset(row)
    catalog = apply(poll(source, CATALOG, AS_OF))

    assert poll(source, catalog, AS_OF + DATASET_POLL_INTERVAL - SECOND) is None
    assert poll(source, catalog, AS_OF + DATASET_POLL_INTERVAL) is not None
    assert source.fetches == 2
    assert (catalog.sources[name].fetched_at, catalog.sources[name].records) == (AS_OF, 1)


@pytest.mark.parametrize(("poll", "name", "row"), ROWS.values(), ids=ROWS)
@pytest.mark.parametrize(
    "bad",
    [FakeDataset(error=SourceError("it is down")), FakeDataset("x", {}, 5)],
    ids=["down", "nonsense"],
)
def test_a_failing_dataset_keeps_its_data_and_is_retried(
    poll: Poll, name: str, row: dict[str, Any], bad: FakeDataset
) -> None:
    catalog = apply(poll(FakeDataset(row), CATALOG, AS_OF))

    update = poll(bad, catalog, AS_OF + DATASET_POLL_INTERVAL)
    stale = apply(update, catalog)

    assert update
    assert len(update.warnings) == 1
    assert stale.sources[name].failing_since == AS_OF + DATASET_POLL_INTERVAL
    assert stale.profiles == catalog.profiles
    assert poll(FakeDataset(row), stale, AS_OF + DATASET_POLL_INTERVAL + SECOND) is not None


def test_a_missing_date_is_the_source_s_or_today() -> None:
    class Dated(FakeDataset):
        def __init__(self, as_of: str | None) -> None:
            super().__init__(ARENA_ROW)
            self.as_of = as_of

        def fetch(self) -> FetchedDataset:
            return super().fetch()._replace(as_of=self.as_of)

    days = [
        apply(poll_leaderboard(Dated(as_of), CATALOG, AS_OF)).sources[ARENA].as_of
        for as_of in ("2026-08-19", "2026-08-19T10:00:00Z", None, "soon")
    ]
    today = AS_OF.date()
    assert days == [date(2026, 8, 19), date(2026, 8, 19), today, today]


def polled(model_id: str, ago: timedelta) -> Profile:
    return profile(record(model_id), endpoint_data=EndpointData(AS_OF - ago, ()))


def test_updated_models_are_polled_first_then_the_oldest() -> None:
    catalog = contents(
        polled("a/recent", ENDPOINT_POLL_INTERVAL - SECOND),
        polled("a/old", ENDPOINT_POLL_INTERVAL),
        polled("a/oldest", ENDPOINT_POLL_INTERVAL * 9),
        profile(record("a/never")),
        profile(record("~a/alias")),
        withdrawn(record("a/gone")),
        polled("a/changed", SECOND),
        profile(record("a/new")),
    )

    order = list(
        models_due_for_polling(catalog, {"a/new", "a/changed", "a/gone", "~a/alias"}, AS_OF)
    )

    assert order == ["a/new", "a/changed", "a/never", "a/oldest", "a/old"]


def test_endpoints_are_as_of_their_fetch() -> None:
    earlier = AS_OF - timedelta(days=30)

    class StoredEndpoints(FakeEndpoints):
        def fetch(self, model_ids: Any) -> EndpointBatch:
            responses = super().fetch(model_ids).responses
            return EndpointBatch(
                (
                    *(r._replace(fetched_at=earlier) for r in responses),
                    EndpointResponse("a/none", None, b""),
                ),
                ("a/bad is down",),
            )

    catalog = contents(profile(HERMES), profile(record("a/none")), profile(record("a/bad")))
    update = poll_endpoints(
        StoredEndpoints({HERMES["id"]: [{"provider_name": "Acme"}]}), catalog, (), AS_OF
    )

    after = apply(update, catalog)
    assert [
        p.endpoint_data and (p.endpoint_data.fetched_at, len(p.endpoint_data.records))
        for p in after.profiles
    ] == [(earlier, 1), (AS_OF, 0), None]
    assert update
    assert update.warnings == ("a/bad is down",)
    source = after.sources[ENDPOINTS]
    assert (source.as_of, source.records, source.skipped) == (AS_OF, 2, 1)


def test_without_due_models_endpoints_are_not_fetched() -> None:
    assert poll_endpoints(FakeEndpoints({}), contents(), (), AS_OF) is None


def test_a_failing_endpoint_source_keeps_its_data() -> None:
    catalog = CATALOG._replace(sources={**CATALOG.sources, ENDPOINTS: ORIGIN})
    later = AS_OF + timedelta(days=1)

    after = apply(poll_endpoints(FakeEndpoints({}), catalog, (), later), catalog)

    assert (after.sources[ENDPOINTS].state, after.sources[ENDPOINTS].failure) == (
        "stale",
        "upstream is down",
    )
