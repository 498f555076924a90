"""A cache keeps the last good page while the origin fails, and an error for seconds."""

import re
import time
from collections.abc import Callable, Iterator

import pytest

from handler.web.http import headers
from scripts.local_stack.nginx import Cdn, cdn
from tests.support.external import real_part
from tests.support.http.answer import http_get
from tests.support.servers.upstream import (
    Behaviour,
    Upstream,
    after,
    answers,
    by_path,
    nothing,
    refuses,
)

pytestmark = pytest.mark.e2e


def sooner(cache_control: str) -> str:
    """Return a lifetime by which shared caches look again after a second instead of minutes."""
    return re.sub(r"(s-maxage|revalidate)=\d+", r"\1=1", cache_control)


PAGE = answers(200, b"a good page", {"Cache-Control": sooner(headers.PAGE_CACHE)})


def failing(status: int) -> Behaviour:
    return answers(status, b"an error", {"Cache-Control": sooner(headers.ERROR_CACHE)})


@pytest.fixture
def origin() -> Iterator[Upstream]:
    with Upstream(PAGE) as running:
        yield running


@pytest.fixture
def cache(origin: Upstream) -> Iterator[Cdn]:
    with cdn(origin.url, real_part("BURGEE_NGINX")) as running:
        yield running


# Without an answer that breaks off: a cache may have passed its beginning on. API Gateway passes
# on whole answers alone.
FAILURES = {
    "/500": failing(500),
    "/502": failing(502),
    "/503": failing(503),
    "/504": failing(504),
    "/bare": answers(500, b"no lifetime at all"),
    "/reset": refuses(),
}
SILENCES = {"/silence": nothing(), "/late": after(14, PAGE)}
KEPT = {"Cache-Control": headers.ERROR_CACHE}
ERRORS = {path: failing(int(path[1:])) for path in ("/404", "/500", "/503")}


@pytest.mark.promise("P4", "ways for the origin to fail behind a page that a cache has")
@pytest.mark.parametrize(
    "failures",
    [FAILURES, pytest.param(SILENCES, marks=pytest.mark.long)],
    ids=["errors", "silence"],
)
def test_no_failure_wins_over_a_page_that_is_known(
    cache: Cdn,
    origin: Upstream,
    failures: dict[str, Behaviour],
    record_property: Callable[[str, int], None],
) -> None:
    record_property("tried", len(failures))
    assert {http_get(cache.url, path).body for path in failures} == {b"a good page"}
    origin.now(by_path(failures))

    time.sleep(2.1)  # past the time in which a stale copy is served while a new one is fetched
    later = {path: [http_get(cache.url, path) for _ in range(3)] for path in failures}

    for path, stale in later.items():
        shown = [(answer.status, answer.body) for answer in stale]
        assert (path, shown) == (path, [(200, b"a good page")] * 3)
    wait_for_requests(origin, len(failures) + 1)


def wait_for_requests(origin: Upstream, count: int) -> None:
    """Wait until the origin was asked so often: a cache may look again after its answer."""
    deadline = time.monotonic() + 60
    while len(origin.requests) < count:
        assert time.monotonic() < deadline, f"{len(origin.requests)} requests"
        time.sleep(0.02)


@pytest.mark.promise("P4", "errors that a cache keeps for seconds")
def test_error_is_cached(cache: Cdn, origin: Upstream) -> None:
    origin.now(by_path({path: answers(int(path[1:]), b"", KEPT) for path in ERRORS}))

    kept = {path: {http_get(cache.url, path).status for _ in range(20)} for path in ERRORS}

    assert kept == {path: {int(path[1:])} for path in ERRORS}
    assert len(origin.requests) == len(ERRORS)


@pytest.mark.promise("P4", "errors that a cache forgets after seconds")
def test_cached_error_is_forgotten(cache: Cdn, origin: Upstream) -> None:
    origin.now(by_path(ERRORS))
    known = {path: http_get(cache.url, path).status for path in ERRORS}
    origin.now(PAGE)

    assert known == {path: int(path[1:]) for path in ERRORS}
    assert {eventually(cache, path) for path in ERRORS} == {200}


@pytest.mark.promise("P4", "preflights that outlive a failing origin")
def test_preflight_that_is_known_outlives_the_origin(cache: Cdn, origin: Upstream) -> None:
    origin.now(answers(204, b"", {"Cache-Control": sooner(headers.ASSET_CACHE)}))
    known = http_get(cache.url, "/api/models", "OPTIONS")
    origin.now(failing(503))
    time.sleep(2.1)
    later = [http_get(cache.url, "/api/models", "OPTIONS") for _ in range(3)]

    assert [answer.status for answer in (known, *later)] == [204] * 4
    assert [request.method for request in origin.requests[:1]] == ["OPTIONS"]
    wait_for_requests(origin, 2)


def lasting(stale_seconds: int) -> Behaviour:
    # Without stale-if-error, by which nginx would replace a 429 too.
    lifetime = f"s-maxage=1, stale-while-revalidate={stale_seconds}"
    return answers(200, b"a good page", {"Cache-Control": lifetime})


# API Gateway's own answer, which has no lifetime.
THROTTLED = answers(429, b'{"message":"Too Many Requests"}')


def test_throttled_answer_is_not_kept_and_displaces_no_page(cache: Cdn, origin: Upstream) -> None:
    origin.now(by_path({"/short": lasting(1), "/long": lasting(60)}))
    known = [http_get(cache.url, path).status for path in ("/short", "/long")]
    origin.now(THROTTLED)
    unknown = [http_get(cache.url, "/unknown").status for _ in range(3)]
    asked = len(origin.requests)
    time.sleep(1.1)

    while_revalidated = [http_get(cache.url, "/long").status for _ in range(3)]
    expired = eventually(cache, "/short", 429)
    origin.now(lasting(60))
    recovered = [http_get(cache.url, path).status for path in ("/short", "/unknown")]

    assert known == [200, 200]
    assert (unknown, asked) == ([429] * 3, 5)
    assert while_revalidated == [200] * 3
    assert expired == 429  # CloudFront's rule too: an old page replaces 5xx alone
    assert recovered == [200, 200]


def eventually(cache: Cdn, path: str, expected: int = 200) -> int:
    """Return the status once it is the expected one: a new copy is fetched behind an answer."""
    deadline = time.monotonic() + 60
    while (status := http_get(cache.url, path).status) != expected and time.monotonic() < deadline:
        time.sleep(0.1)
    return status


@pytest.mark.promise("P4", "errors that a cache keeps for seconds")
def test_errors_live_from_10_to_60_seconds_in_shared_caches() -> None:
    (seconds,) = re.findall(r"s-maxage=(\d+)", headers.ERROR_CACHE)

    assert 10 <= int(seconds) <= 60
    assert "stale" not in headers.ERROR_CACHE
