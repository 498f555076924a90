import gc
import gzip
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from handler.adapters.http.client import USER_AGENT
from handler.adapters.http.retry import RetryPolicy
from handler.adapters.openrouter.models import ModelListFile, OpenRouterModelList, _next_page_url
from handler.domain.errors import InvalidJson, SourceError
from tests.support.retry_policies import BRIEF, IMPATIENT, POLICY
from tests.support.servers.upstream import (
    Behaviour,
    Exchange,
    Upstream,
    answers,
    by_path,
    drip,
    gzip_bomb,
    gzipped_json,
    half_a_body,
    half_a_closed_body,
    html,
    huge,
    json_body,
    nothing,
    redirect,
    refuses,
    status,
    too_many_requests,
)

MAX_SECONDS = 30.0


def drip_headers(exchange: Exchange) -> None:
    """Send the head of a response, and never come to its end."""
    exchange.send(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while True:
        exchange.pause(0.05)
        exchange.send(b"x")


RECORDS = [{"id": "a/b"}]


def source(server: Upstream, policy: RetryPolicy = POLICY) -> OpenRouterModelList:
    return OpenRouterModelList(f"{server.url}/models", policy, "secret-key")


@pytest.mark.parametrize("answer", [json_body, gzipped_json])
def test_the_list_is_fetched_with_our_user_agent(answer: Callable[[object], Behaviour]) -> None:
    with Upstream(answer({"data": RECORDS})) as server:
        fetched = source(server).fetch()
        request = server.requests[0]

    assert (fetched.records, fetched.label) == (RECORDS, "OpenRouter")
    assert (fetched.url, len(fetched.body)) == (f"{server.url}/models", 25)
    assert request.headers["user-agent"] == USER_AGENT
    assert request.headers["authorization"] == "Bearer secret-key"
    assert request.headers["accept-encoding"] == "gzip"


def test_pages_are_followed_to_the_last() -> None:
    pages = {
        "/models": json_body({"data": RECORDS, "links": {"next": "/models/2?x=1"}}),
        "/models/2": json_body({"data": [{"id": "c/d"}], "links": {"next": None}}),
    }
    with Upstream(by_path(pages)) as server:
        fetched = source(server).fetch()

    assert fetched.records == [{"id": "a/b"}, {"id": "c/d"}]


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ("/models", "goes on after 50 pages"),
        ("http://127.0.0.2:1/x", "on another host"),
        ("\x1b[31m", "has no address"),
        ("http://[", "on another host"),
        ("//h:99999999/", "on another host"),
    ],
    ids=["a circle", "elsewhere", "a terminal escape", "no host", "no port"],
)
def test_pages_end_and_stay_on_their_host(link: str, message: str) -> None:
    with (
        Upstream(json_body({"data": RECORDS, "links": {"next": link}})) as server,
        pytest.raises(SourceError, match=message),
    ):
        source(server).fetch()


def test_a_next_page_cannot_downgrade_to_http() -> None:
    with pytest.raises(SourceError, match=r"on another host: 'http://example.org/2'"):
        _next_page_url("https://example.org/models", "http://example.org/2")
    assert _next_page_url("https://example.org/models", "/2") == "https://example.org/2"


def test_the_size_limit_holds_for_all_pages_together() -> None:
    body = {"data": [{"id": "a/b", "x": "x" * 2_000_000}], "links": {"next": "/models"}}
    with (
        Upstream(json_body(body)) as server,
        pytest.raises(SourceError, match="all pages are larger than 5,000,000 bytes"),
    ):
        source(server).fetch()


@pytest.mark.parametrize(
    ("first", "policy"),
    [
        (status(500), POLICY),
        (status(503), POLICY),
        (too_many_requests(0), POLICY),
        (refuses(), POLICY),
        (half_a_body(), POLICY),
        (nothing(), IMPATIENT),
    ],
    ids=["500", "503", "429", "reset", "half a body", "silence"],
)
def test_a_transient_failure_is_retried(first: Behaviour, policy: RetryPolicy) -> None:
    with Upstream(first, json_body(RECORDS)) as server:
        assert source(server, policy).fetch().records == RECORDS
        assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("behaviour", "policy", "message", "requests"),
    [
        (status(500), POLICY, "tried 3 times: answered 500", 3),
        (too_many_requests(None), POLICY, "tried 3 times: answered 429", 3),
        (too_many_requests(3_600), POLICY, "tried once: answered 429", 1),
        (status(404), POLICY, "tried once: answered 404", 1),
        (status(401), POLICY, "tried once: answered 401", 1),
        (redirect("http://127.0.0.1:1/"), POLICY, "tried once: answered 302", 1),
        (nothing(), IMPATIENT, "tried 3 times: ReadTimeout", 3),
        (refuses(), POLICY, "tried 3 times: ReadError", 3),
        (half_a_body(), POLICY, "tried 3 times: RemoteProtocolError", 3),
        (half_a_closed_body(), POLICY, "not valid JSON", 1),
        (html(), POLICY, "not valid JSON", 1),
        (json_body([]), POLICY, "lists no models", 1),
        (json_body({}), POLICY, "holds no list of models", 1),
        (huge(200_000_000), POLICY, "larger than 5,000,000 bytes", 1),
        (gzip_bomb(200_000_000), POLICY, "larger than 5,000,000 bytes", 1),
        (drip(0.05), BRIEF, "not complete within 2 seconds", 1),
        (drip_headers, BRIEF, "not complete within 2 seconds", 1),
        (nothing(), BRIEF, "not complete within 2 seconds", 1),
    ],
    ids=[
        "500",
        "429",
        "429 for an hour",
        "404",
        "401",
        "redirect",
        "silence",
        "reset",
        "half a body",
        "a body cut without a trace",
        "a page",
        "an empty list",
        "{}",
        "200 MB",
        "a bomb",
        "a drip",
        "a drip of headers",
        "silence until the deadline",
    ],
)
def test_a_bad_upstream_is_named_in_bounded_time(
    behaviour: Behaviour, policy: RetryPolicy, message: str, requests: int
) -> None:
    started = time.monotonic()
    with (
        Upstream(behaviour) as server,
        pytest.raises((SourceError, InvalidJson), match=message) as raised,
    ):
        source(server, policy).fetch()

    assert str(raised.value).startswith(f"OpenRouter ({server.url}/models)")
    assert len(server.requests) == requests
    assert time.monotonic() - started < MAX_SECONDS
    assert "secret-key" not in str(raised.value)


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        (gzip.compress(b"[1]", mtime=0)[:-9], "tried 3 times: the compressed answer broke off"),
        (b"not gzip at all", "tried 3 times: the compressed answer is damaged"),
    ],
    ids=["cut", "damaged"],
)
def test_a_body_that_does_not_inflate_is_an_error(sent: bytes, message: str) -> None:
    behaviour = answers(200, sent, {"Content-Encoding": "gzip"})
    with Upstream(behaviour) as server, pytest.raises(SourceError, match=message):
        source(server).fetch()


@pytest.mark.parametrize("policy", [IMPATIENT, BRIEF], ids=["timeout", "deadline"])
def test_an_unanswered_handshake_ends_in_bounded_time(policy: RetryPolicy) -> None:
    started = time.monotonic()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"https://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(SourceError, match=r"ConnectTimeout|not complete within"):
            OpenRouterModelList(url, policy).fetch()
    gc.collect()  # a connection that leaked is a warning, and so an error

    assert time.monotonic() - started < MAX_SECONDS


def test_a_missing_upstream_is_named() -> None:
    with Upstream(nothing()) as server:
        missing = source(server)

    with pytest.raises(SourceError, match="tried 3 times: ConnectError"):
        missing.fetch()


def test_a_stored_list_is_read(tmp_path: Path) -> None:
    path = tmp_path / "2026-08-22.json"
    path.write_bytes(b'\xef\xbb\xbf[{"id": "a/b"}]')

    fetched = ModelListFile(path, "a stored copy").fetch()

    assert (fetched.records, fetched.label, fetched.url) == (RECORDS, "a stored copy", path.name)


def test_a_missing_stored_list_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"cannot read .*gone\.json: No such file"):
        ModelListFile(tmp_path / "gone.json", "a stored copy").fetch()
