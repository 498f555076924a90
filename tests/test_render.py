from collections.abc import Iterator
from typing import Any

import pytest

from handler.adapters.storage.file_store import FileStore
from handler.web.rendering.templates import ASSETS
from tests.support.builders import HERMES, MemoryStore, catalog_bytes, record
from tests.support.http.asgi import ask, create_app
from tests.support.http.lambda_events import DOMAIN_NAME, http_event
from tests.support.http.lambda_function import Function

STORED = catalog_bytes([HERMES, record("acme/one:free", canonical_slug="acme/one-20250101")])
HERMES_PATH = "/nousresearch/hermes-4-405b"

EVERY_KIND = (
    *(f"/{name}" for name in ASSETS),
    *("/models.csv", "/compare", "/changes", "/methodology", "/api", "/robots.txt", "/llms.txt"),
    *("/sitemap.xml", "/healthz", "/card.png", "/compare/card.png", "/api/card.png", "/acme"),
    *("/acme/feed.xml", "/acme/card.png", "/feed.xml"),
    *(f"{HERMES_PATH}{end}" for end in ("/preview", ".md", "/badge.svg", "/feed.xml", "/card.png")),
    *("/NousResearch/Hermes-4-405B.md", "/api/openapi.json", "/api/models", "/nowhere/card.png"),
)
"""A path for each kind of page, representation, file, redirect and error."""


@pytest.fixture(scope="module")
def function(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Function]:
    store = tmp_path_factory.mktemp("store")
    FileStore(store).put(STORED, None)
    running = Function(store, SITE_URL=f"https://{DOMAIN_NAME}")
    yield running
    running.close()


@pytest.mark.parametrize(
    ("path", "method", "headers"),
    [
        (HERMES_PATH, "GET", {}),
        (HERMES_PATH, "HEAD", {}),
        (HERMES_PATH, "GET", {"accept-encoding": "gzip"}),
        (HERMES_PATH, "GET", {"range": "bytes=0-524287"}),
        (HERMES_PATH, "GET", {"if-none-match": "*"}),
        (HERMES_PATH, "POST", {}),
        ("/acme/one:free", "GET", {}),
        ("/acme/one-20250101:free", "GET", {}),
        ("/", "GET", {}),
        ("/nowhere/at/all", "GET", {}),
        ("/apple-touch-icon.png", "GET", {}),
        ("/api/models/acme/one:free", "GET", {}),
        ("/api/models/acme/one:free", "HEAD", {"range": "bytes=0-9"}),
        ("/api/status", "POST", {}),
        ("/api/nothing", "GET", {}),
        *((path, "GET", {}) for path in EVERY_KIND),
        *((path, "GET", {"range": "bytes=1-9"}) for path in EVERY_KIND),
    ],
    ids=str,
)
def test_both_doors_give_the_same_response(
    function: Function, path: str, method: str, headers: dict[str, str]
) -> None:
    app = create_app(MemoryStore(STORED), f"https://{DOMAIN_NAME}")

    answer = function.invoke(http_event(path, method, headers))

    assert answer == ask(app, path, method, headers)


@pytest.mark.parametrize(
    ("path", "canonical"),
    [
        ("/nousresearch%2Fhermes-4-405b", HERMES_PATH),
        ("/nousresearch/hermes%2D4-405b", HERMES_PATH),
        ("/acme/one%3Afree", "/acme/one:free"),
    ],
)
def test_an_encoded_path_is_the_page_itself(function: Function, path: str, canonical: str) -> None:
    assert function.invoke(http_event(path)) == function.invoke(http_event(canonical))


def test_a_path_that_was_encoded_twice_is_no_model(function: Function) -> None:
    assert function.invoke(http_event("/nousresearch%252Fhermes-4-405b")).status == 404


def test_queries_and_cookies_change_nothing(function: Function) -> None:
    event = http_event(HERMES_PATH, headers={"Cookie": "a=1"}, query="utm_source=x&m=1&m=2")

    assert function.invoke(event) == function.invoke(http_event(HERMES_PATH))


def test_an_event_without_headers_is_answered(function: Function) -> None:
    event = {**http_event(HERMES_PATH), "headers": {}}

    assert function.invoke(event).status == 200


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"headers": {"host": "x:abc"}}, 200),
        ({"headers": {"host": "[::1]:443:443"}}, 200),
        ({"headers": {"x-forwarded-port": "443,abc"}}, 200),
        ({"headers": {"x-forwarded-proto": "gopher"}}, 200),
        ({"headers": {"accept": "\ud800", "range": "bytes=\ud800"}}, 200),
        ({"headers": None}, 200),
        ({"cookies": ["\ud800"]}, 200),
        ({"rawQueryString": "\ud800"}, 200),
        ({"body": "\ud800", "isBase64Encoded": False}, 200),
        ({"body": "no base64 at all", "isBase64Encoded": True}, 200),
        ({"rawPath": f"{HERMES_PATH}\ud800"}, 308),
        ({"rawPath": "/nowhere/else\ud800"}, 404),
        ({"rawPath": ""}, 200),
    ],
    ids=ascii,
)
def test_an_odd_event_is_answered(function: Function, changed: dict[str, Any], status: int) -> None:
    answer = function.invoke({**http_event(HERMES_PATH), **changed})

    assert answer.status == status
    if status == 200 and "rawPath" not in changed:
        assert answer == function.invoke(http_event(HERMES_PATH))


@pytest.mark.parametrize("event", [{}, {"key1": "value1"}, {"source": "warmer"}, [], None], ids=str)
def test_an_event_of_no_request_gets_a_sentence(function: Function, event: Any) -> None:
    answer = function.invoke(event)

    assert (answer.status, answer.headers["content-type"]) == (400, "text/plain; charset=utf-8")
    assert "HTTP API events" in answer.text
