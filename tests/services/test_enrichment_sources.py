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
from tests.services.test_refresh import RATING, DetailsOf, Source
from tests.support.builders import AS_OF, HERMES, ORIGIN, contents, profile, record, withdrawn

SECOND = timedelta(seconds=1)
USED = {"date": "2026-08-21", "model_permaslug": HERMES["canonical_slug"], "total_tokens": "5"}

Ask = Callable[[DatasetSource, CatalogData, datetime], SourceUpdate | None]
KNOWN = contents(profile(HERMES))
ROWS: dict[str, tuple[Ask, str, dict[str, Any]]] = {
    "ranks": (poll_leaderboard, ARENA, RATING),
    "usage": (poll_usage, USAGE, USED),
}


def changed(answer: SourceUpdate | None, known: CatalogData = KNOWN) -> CatalogData:
    assert answer
    return answer.apply(known)


@pytest.mark.parametrize(("ask", "name", "row"), ROWS.values(), ids=ROWS)
def test_what_is_published_now_and_then_is_asked_for_now_and_then(
    ask: Ask, name: str, row: dict[str, Any]
) -> None:
    source = Source(row)
    known = changed(ask(source, KNOWN, AS_OF))

    assert ask(source, known, AS_OF + DATASET_POLL_INTERVAL - SECOND) is None
    assert ask(source, known, AS_OF + DATASET_POLL_INTERVAL) is not None
    assert source.asked == 2
    assert (known.sources[name].fetched_at, known.sources[name].records) == (AS_OF, 1)


@pytest.mark.parametrize(("ask", "name", "row"), ROWS.values(), ids=ROWS)
@pytest.mark.parametrize(
    "bad", [Source(failure=SourceError("it is down")), Source("x", {}, 5)], ids=["down", "nonsense"]
)
def test_a_source_that_fails_keeps_what_it_said_and_is_asked_again_soon(
    ask: Ask, name: str, row: dict[str, Any], bad: Source
) -> None:
    known = changed(ask(Source(row), KNOWN, AS_OF))

    answer = ask(bad, known, AS_OF + DATASET_POLL_INTERVAL)
    failing = changed(answer, known)

    assert answer
    assert len(answer.warnings) == 1
    assert failing.sources[name].failing_since == AS_OF + DATASET_POLL_INTERVAL
    assert failing.profiles == known.profiles
    assert ask(Source(row), failing, AS_OF + DATASET_POLL_INTERVAL + SECOND) is not None


def test_a_day_that_the_rows_do_not_say_is_the_source_s_own_or_today() -> None:
    class Dated(Source):
        def __init__(self, as_of: str | None) -> None:
            super().__init__(RATING)
            self.as_of = as_of

        def fetch(self) -> FetchedDataset:
            return super().fetch()._replace(as_of=self.as_of)

    days = [
        changed(poll_leaderboard(Dated(as_of), KNOWN, AS_OF)).sources[ARENA].as_of
        for as_of in ("2026-08-19", "2026-08-19T10:00:00Z", None, "soon")
    ]
    today = AS_OF.date()
    assert days == [date(2026, 8, 19), date(2026, 8, 19), today, today]


def asked(model_id: str, ago: timedelta) -> Profile:
    return profile(record(model_id), endpoint_data=EndpointData(AS_OF - ago, ()))


def test_new_and_changed_models_are_asked_about_first_then_the_oldest() -> None:
    known = contents(
        asked("a/recent", ENDPOINT_POLL_INTERVAL - SECOND),
        asked("a/old", ENDPOINT_POLL_INTERVAL),
        asked("a/oldest", ENDPOINT_POLL_INTERVAL * 9),
        profile(record("a/never")),
        profile(record("~a/alias")),
        withdrawn(record("a/gone")),
        asked("a/changed", SECOND),
        profile(record("a/new")),
    )

    order = list(models_due_for_polling(known, {"a/new", "a/changed", "a/gone", "~a/alias"}, AS_OF))

    assert order == ["a/new", "a/changed", "a/never", "a/oldest", "a/old"]


def test_details_are_kept_as_of_when_they_were_asked_for() -> None:
    earlier = AS_OF - timedelta(days=30)

    class Stored(DetailsOf):
        def fetch(self, model_ids: Any) -> EndpointBatch:
            found = super().fetch(model_ids).responses
            return EndpointBatch(
                (
                    *(d._replace(fetched_at=earlier) for d in found),
                    EndpointResponse("a/none", None, b""),
                ),
                ("a/bad is down",),
            )

    known = contents(profile(HERMES), profile(record("a/none")), profile(record("a/bad")))
    answer = poll_endpoints(Stored({HERMES["id"]: [{"provider_name": "Acme"}]}), known, (), AS_OF)

    after = changed(answer, known)
    assert [
        p.endpoint_data and (p.endpoint_data.fetched_at, len(p.endpoint_data.records))
        for p in after.profiles
    ] == [
        (earlier, 1),
        (AS_OF, 0),
        None,
    ]
    assert answer
    assert answer.warnings == ("a/bad is down",)
    origin = after.sources[ENDPOINTS]
    assert (origin.as_of, origin.records, origin.skipped) == (AS_OF, 2, 1)


def test_details_that_nobody_is_worth_asking_for_are_not_asked_for() -> None:
    assert poll_endpoints(DetailsOf({}), contents(), (), AS_OF) is None


def test_a_source_of_details_that_is_down_keeps_what_it_said() -> None:
    known = KNOWN._replace(sources={**KNOWN.sources, ENDPOINTS: ORIGIN})
    later = AS_OF + timedelta(days=1)

    after = changed(poll_endpoints(DetailsOf({}), known, (), later), known)

    assert (after.sources[ENDPOINTS].state, after.sources[ENDPOINTS].failure) == (
        "stale",
        "upstream is down",
    )
