"""A cache keeps the last good page while the origin fails, and an error for seconds."""

import re
import time
from collections.abc import Iterator

import pytest

from handler.web import documents
from scripts.stacking.nginx import Cdn, cdn
from tests.conftest import real_part
from tests.support.answers import fetched
from tests.support.upstream import Behaviour, Upstream, after, answers, nothing, refuses

pytestmark = pytest.mark.e2e

PATH = "/acme/one"


def sooner(cache_control: str) -> str:
    """Return a lifetime by which shared caches look again after a second instead of minutes."""
    return re.sub(r"(s-maxage|revalidate)=\d+", r"\1=1", cache_control)


PAGE = answers(200, b"a good page", {"Cache-Control": sooner(documents.PAGE)})


def failing(status: int) -> Behaviour:
    return answers(status, b"an error", {"Cache-Control": sooner(documents.ERROR)})


@pytest.fixture
def origin() -> Iterator[Upstream]:
    with Upstream(PAGE) as running:
        yield running


@pytest.fixture
def cache(origin: Upstream) -> Iterator[Cdn]:
    with cdn(origin.url, real_part("BURGEE_NGINX")) as running:
        yield running


@pytest.mark.promise("P4", "ways for the origin to fail behind a page that a cache has")
@pytest.mark.parametrize(
    "failure",
    [failing(500), failing(502), failing(503), failing(504), answers(500, b"bare"), refuses()],
    ids=["500", "502", "503", "504", "a bare 500", "a reset"],
)
def test_no_error_wins_over_a_page_that_is_known(
    cache: Cdn, origin: Upstream, failure: Behaviour
) -> None:
    assert fetched(cache.url, PATH).body == b"a good page"
    origin.now(failure)

    time.sleep(2.1)  # past the time in which a stale copy is served while a new one is fetched
    later = [fetched(cache.url, PATH) for _ in range(5)]

    assert [(answer.status, answer.body) for answer in later] == [(200, b"a good page")] * 5
    assert len(origin.requests) > 1
    origin.now(PAGE)
    assert fetched(cache.url, PATH).status == 200


@pytest.mark.long
@pytest.mark.promise("P4", "ways for the origin to fail behind a page that a cache has")
@pytest.mark.parametrize("failure", [nothing(), after(14, PAGE)], ids=["silence", "an hour late"])
def test_no_silence_wins_over_a_page_that_is_known(
    cache: Cdn, origin: Upstream, failure: Behaviour
) -> None:
    fetched(cache.url, PATH)
    origin.now(failure)

    time.sleep(2.1)

    assert fetched(cache.url, PATH).body == b"a good page"


@pytest.mark.promise("P4", "errors that a cache keeps for seconds")
@pytest.mark.parametrize("status", [404, 500, 503])
def test_an_error_is_kept_and_soon_asked_for_again(status: int) -> None:
    with (
        Upstream(failing(status)) as origin,
        cdn(origin.url, real_part("BURGEE_NGINX")) as cache,
    ):
        kept = [fetched(cache.url, PATH).status for _ in range(20)]
        asked = len(origin.requests)
        origin.now(PAGE)
        time.sleep(2.1)
        fetched(cache.url, PATH)  # may still be the old one, while the new one is fetched

        assert (kept, asked) == ([status] * 20, 1)
        assert eventually(cache) == 200


def eventually(cache: Cdn) -> int:
    """Return the status once it is a good one: a new copy is fetched behind an answer."""
    for _ in range(20):
        status = fetched(cache.url, PATH).status
        if status == 200:
            break
        time.sleep(0.1)
    return status


@pytest.mark.promise("P4", "errors that a cache keeps for seconds")
def test_errors_live_from_10_to_60_seconds_in_shared_caches() -> None:
    (seconds,) = re.findall(r"s-maxage=(\d+)", documents.ERROR)

    assert 10 <= int(seconds) <= 60
    assert "stale" not in documents.ERROR
