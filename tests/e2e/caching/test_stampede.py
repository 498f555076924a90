"""A post that a thousand servers fetch at once reaches the application once, through a cache."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from handler.adapters.storage.file_store import FileStore
from handler.bootstrap.refresh import local_snapshot_repository, markdown_renderer
from scripts.local_stack.nginx import Cdn, cdn
from scripts.sample_data.load import load_sample
from tests.support.builders import MemoryStore
from tests.support.constants import SITE_URL
from tests.support.external import real_part
from tests.support.http.answer import http_get
from tests.support.http.asgi import ask, create_app
from tests.support.http.concurrent_requests import Asked, asked_at_once, asked_in_turn
from tests.support.iterations import repeat
from tests.support.servers.serve_process import serving
from tests.support.servers.upstream import Upstream, relayed

pytestmark = pytest.mark.e2e

PAGE = "/nousresearch/hermes-4-405b"
CROWD = 500
MINUTE = 2_000


@dataclass(frozen=True)
class Expected:
    """A page and its card, each with its path and its bytes as the application makes them."""

    bodies: dict[str, bytes]

    @property
    def card(self) -> str:
        return next(path for path in self.bodies if path != PAGE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the bundled sample."""
    folder = tmp_path_factory.mktemp("store")
    load_sample(local_snapshot_repository(folder), markdown_renderer())
    return folder


@pytest.fixture(scope="module")
def expected(folder: Path) -> Expected:
    app = create_app(MemoryStore(FileStore(folder).read().body))
    page = ask(app, PAGE).body
    named = re.search(rf'property="og:image" content="{SITE_URL}([^"]+)"', page.decode())
    assert named
    return Expected({PAGE: page, named[1]: ask(app, named[1]).body})


@pytest.fixture
def site(folder: Path) -> Iterator[str]:
    """The address of a site that has rendered nothing yet."""
    with serving("--store", folder, "--offline", environment={"SITE_URL": SITE_URL}) as (
        address,
        _,
    ):
        yield address


@pytest.fixture
def origin(site: str) -> Iterator[Upstream]:
    """What counts the requests that reach the site."""
    with Upstream(relayed(site)) as counted:
        yield counted


@pytest.fixture
def cache(origin: Upstream) -> Iterator[Cdn]:
    with cdn(origin.url, real_part("BURGEE_NGINX")) as running:
        yield running


def reached(origin: Upstream) -> Counter[str]:
    return Counter(f"{request.method} {request.path}" for request in origin.requests)


@pytest.mark.promise("P1", "requests at once for a cold page and its card")
def test_concurrent_clients_cause_one_rendering_of_page_and_card(
    cache: Cdn, origin: Upstream, expected: Expected, record_property: Callable[[str, int], None]
) -> None:
    paths = [path for path in expected.bodies for _ in range(CROWD)]
    record_property("tried", len(paths))

    answers = asked_at_once(cache.url, paths)

    assert [answer.status for answer in answers] == [200] * len(paths)
    assert [answer.body for answer in answers] == [expected.bodies[path] for path in paths]
    assert reached(origin) == Counter({f"GET {path}": 1 for path in expected.bodies})


# As Mastodon asks for a page and for its picture, and others by HEAD before.
AGENT = "User-Agent: Mastodon/4.5.2 (http.rb/5.2.0; +https://m.example/)\r\n"
MASTODON = f"{AGENT}Accept: text/html\r\nAccept-Encoding: gzip\r\n"


@pytest.mark.promise("P2", "requests within a minute of a post, from as many hosts")
def test_a_post_s_first_minute_costs_one_rendering_of_each(
    cache: Cdn, origin: Upstream, expected: Expected, record_property: Callable[[str, int], None]
) -> None:
    each = [Asked(p, method, MASTODON) for p in expected.bodies for method in ("HEAD", "GET")]
    requests = [each[number % len(each)] for number in range(MINUTE)]
    record_property("tried", MINUTE)

    answers = asked_in_turn(cache.url, requests, repeat(4, 60))

    assert {answer.status for answer in answers} == {200}
    assert reached(origin) == Counter({f"GET {path}": 1 for path in expected.bodies})
    assert all(
        bool(answer.body) == (asked.method == "GET")
        for asked, answer in zip(requests, answers, strict=True)
    )


def test_without_a_cache_each_of_a_crowd_is_answered_in_full(site: str, expected: Expected) -> None:
    paths = list(expected.bodies) * (CROWD // 2)

    answers = asked_at_once(site, paths)

    assert [answer.status for answer in answers] == [200] * CROWD
    assert [answer.body for answer in answers] == [expected.bodies[path] for path in paths]


def test_a_query_that_is_not_read_does_not_reach_the_application(
    cache: Cdn, origin: Upstream, expected: Expected
) -> None:
    answers = asked_at_once(cache.url, [f"{PAGE}?utm_source={n}" for n in range(50)])

    assert {answer.body for answer in answers} == {expected.bodies[PAGE]}
    assert reached(origin) == {f"GET {PAGE}": 1}


def test_a_head_before_a_get_spoils_nothing(
    cache: Cdn, origin: Upstream, expected: Expected
) -> None:
    for path, body in expected.bodies.items():
        head = http_get(cache.url, path, "HEAD")
        whole = http_get(cache.url, path)

        assert (head.status, head.body) == (200, b"")
        assert (whole.status, whole.body) == (200, body)
        assert head.headers["etag"] == whole.headers["etag"]
        assert whole.headers["x-cache"] == "HIT"
    assert reached(origin) == Counter({f"GET {path}": 1 for path in expected.bodies})


def test_a_part_comes_from_the_whole_that_is_kept(
    cache: Cdn, origin: Upstream, expected: Expected
) -> None:
    for path, body in expected.bodies.items():
        for _cold_then_warm in range(2):
            part = http_get(cache.url, path, headers={"range": "bytes=0-999"})
            assert (part.status, part.body) == (206, body[:1000])
            assert part.headers["content-range"] == f"bytes 0-999/{len(body)}"
        assert http_get(cache.url, path).body == body
    assert reached(origin) == Counter({f"GET {path}": 1 for path in expected.bodies})


def test_each_encoding_is_cached_once(cache: Cdn, origin: Upstream) -> None:
    for accepted in ("gzip", "gzip, deflate, br", "br, GZIP;q=0.5", "identity", "br", ""):
        http_get(cache.url, PAGE, headers={"accept-encoding": accepted})

    assert reached(origin) == {f"GET {PAGE}": 2}


def test_known_etag_gets_304_from_the_cache(cache: Cdn, origin: Upstream) -> None:
    tag = http_get(cache.url, PAGE).headers["etag"]

    assert http_get(cache.url, PAGE, headers={"if-none-match": tag}).status == 304
    assert reached(origin) == {f"GET {PAGE}": 1}


def test_only_reading_gets_through(cache: Cdn, origin: Upstream) -> None:
    assert [http_get(cache.url, PAGE, method).status for method in ("POST", "DELETE")] == [403, 403]
    assert origin.requests == []
