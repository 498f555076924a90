"""Addresses and methods of an adversary, at the origin's doors: uvicorn's socket, and Lambda."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handler.adapters.storage.file_store import FileStore
from handler.asgi import AsgiApp
from handler.web.app import ROUTES, is_api
from handler.web.http.headers import PREFLIGHT_HEADERS
from tests.support.builders import HERMES, MemoryStore, catalog_bytes, record
from tests.support.constants import SITE_URL
from tests.support.hostile.urls import RAW, TARGETS
from tests.support.http.answer import Answer, http_get
from tests.support.http.asgi import ask, create_app
from tests.support.http.ignored_inputs import PAGES
from tests.support.http.lambda_events import http_event
from tests.support.http.lambda_function import Function
from tests.support.http.raw_http import answered
from tests.support.iterations import repeat
from tests.support.servers.serve_process import serving

pytestmark = pytest.mark.e2e

RECORDS = [HERMES, record("acme/one", hugging_face_id="Acme/One-HF"), record("~acme/latest")]
PATHS = {f"/{raw['id']}" for raw in RECORDS}
ROOT_PATHS = {"", "/acme", "/nousresearch"} | {r.pattern for r in ROUTES if "{" not in r.pattern}
EXAMPLES = settings(max_examples=repeat(60, 10_000))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    FileStore(folder).put(catalog_bytes(RECORDS), None)
    return folder


@pytest.fixture(scope="module")
def app() -> AsgiApp:
    return create_app(MemoryStore(catalog_bytes(RECORDS)))


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    with serving("--store", folder, "--offline", environment={"SITE_URL": SITE_URL}) as (
        address,
        _,
    ):
        yield address


@pytest.fixture(scope="module")
def function(folder: Path) -> Iterator[Function]:
    running = Function(folder, SITE_URL=SITE_URL)
    yield running
    running.close()


def judge(answer: Answer) -> None:
    """Judge an answer to any address: it is there, it is computed, or it is a 404 to be kept."""
    assert answer.status in (200, 308, 404, 422)
    assert re.search(r"max-age=\d+|no-cache", answer.headers["cache-control"])
    assert not {"set-cookie", "x"} & set(answer.headers)
    if answer.status == 308:
        path = re.sub(
            r"(/preview|/card\.png|/feed\.xml|/badge\.svg|\.md)?(\?\w+=\w+)?$",
            "",
            answer.headers["location"].removeprefix(SITE_URL),
        )
        assert answer.headers["location"].startswith(f"{SITE_URL}/")
        assert path in PATHS | ROOT_PATHS


@pytest.mark.promise("P19", "hostile addresses over a socket")
@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target[:40].decode())
def test_a_hostile_address_is_a_404_or_a_computed_way(site: str, target: bytes) -> None:
    judge(answered(site, target))


@pytest.mark.promise("P19", "arbitrary addresses over a socket")
@EXAMPLES
@given(RAW)
def test_any_address_is_a_404_or_a_computed_way(site: str, target: bytes) -> None:
    judge(answered(site, target))


@pytest.mark.promise("P19", "bytes that are no address at all, over a socket")
@pytest.mark.parametrize("target", [b"/\xff", b"/\x00", b"/a b", b"", b"/\x7f", b"/\xe4\xbd\xa0"])
def test_malformed_requests_are_refused(site: str, target: bytes) -> None:
    assert answered(site, target).status in (400, 404)


@pytest.mark.promise("P19", "hostile addresses through the entry point of Lambda")
@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target[:40].decode())
def test_lambda_answers_a_hostile_address_as_uvicorn_does(
    function: Function, app: AsgiApp, target: bytes
) -> None:
    path, _, query = target.decode().partition("?")
    event = http_event(path, query=query)

    answer = function.invoke(event)

    judge(answer)
    assert answer == ask(app, event["rawPath"], scope={"query_string": query.encode()})


@pytest.mark.promise("P19", "arbitrary paths through the entry point of Lambda")
@EXAMPLES
@given(
    st.text(st.characters(exclude_categories=()), max_size=60)
    | RAW.map(lambda raw: unquote(raw.decode()))
)
def test_lambda_answers_any_path(function: Function, path: str) -> None:
    judge(function.invoke({**http_event("/"), "rawPath": path}))


@pytest.mark.promise("P18", "HEAD beside GET, on every kind of page, at two doors")
@pytest.mark.parametrize("path", PAGES)
def test_head_equals_get_at_every_door(site: str, function: Function, path: str) -> None:
    for headers in ({}, {"accept-encoding": "gzip"}):
        heads = (
            http_get(site, path, "HEAD", headers),
            function.invoke(http_event(path, "HEAD", headers)),
        )
        got = http_get(site, path, "GET", headers)

        assert [(head.status, head.headers, head.body) for head in heads] == [
            (got.status, got.headers, b"")
        ] * 2
        assert got.headers["content-length"] == str(len(got.body))


@pytest.mark.promise("P18", "other methods, on every kind of page, at two doors")
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PURGE"])
def test_other_methods_are_refused_at_every_door(
    site: str, function: Function, method: str
) -> None:
    for path in PAGES:
        allowed = "GET, HEAD, OPTIONS" if is_api(path) else "GET, HEAD"
        status = 204 if is_api(path) and method == "OPTIONS" else 405
        for answer in (http_get(site, path, method), function.invoke(http_event(path, method))):
            assert (path, answer.status, answer.headers.get("allow")) == (path, status, allowed)


@pytest.mark.promise("P18", "preflights of the API, at two doors")
@pytest.mark.parametrize("path", [*filter(is_api, PAGES), "/api/nothing"])
def test_preflight_is_answered_alike_at_every_door(
    site: str, function: Function, path: str
) -> None:
    asked = {"access-control-request-headers": "if-none-match", "origin": "https://other.example"}
    one = http_get(site, path, "OPTIONS", asked)
    other = function.invoke(http_event(path, "OPTIONS", asked))

    assert (one.status, one.headers, one.body) == (204, dict(PREFLIGHT_HEADERS), b"")
    assert other == one


@pytest.mark.promise("P15", "requests as large as a server takes")
@pytest.mark.parametrize(
    ("target", "lines"),
    [
        (b"/acme/one?" + b"x" * 60_000, b""),
        (b"/acme/one", b"X-A: " + b"a" * 60_000 + b"\r\n"),
        (b"/acme/one", b"".join(b"X-%d: a\r\n" % n for n in range(4_000))),
        (b"/acme/one", b"Cookie: " + b"a=b; " * 10_000 + b"\r\n"),
        (b"/acme/one", b"Accept-Encoding: " + b"gzip;q=0," * 6_000 + b"\r\n"),
        (b"/acme/one", b"If-None-Match: " + b'"a", ' * 10_000 + b"\r\n"),
        (b"/acme/one", b"Range: bytes=" + b"0-1," * 10_000 + b"\r\n"),
    ],
    ids=lambda part: part[:16].decode(),
)
def test_a_huge_request_is_answered_as_a_small_one(site: str, target: bytes, lines: bytes) -> None:
    huge, small = answered(site, target, lines=lines), answered(site, b"/acme/one")

    assert (huge.status, huge.body) == (200, small.body)
