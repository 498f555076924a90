import gzip
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from handler.adapters.http.client import USER_AGENT
from handler.adapters.http.retry import RetryPolicy
from handler.adapters.openrouter.models import ModelListFile, OpenRouterModelList, _following
from handler.domain.errors import InvalidJson, SourceError
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

HASTE = RetryPolicy(
    total_seconds=1.0,
    read_timeout_seconds=0.2,
    max_attempts=3,
    initial_backoff_seconds=0.01,
    max_body_bytes=5_000_000,
)


def drip_headers(exchange: Exchange) -> None:
    """Send the head of an answer, and never come to its end."""
    exchange.send(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while True:
        exchange.pause(0.05)
        exchange.send(b"x")


RECORDS = [{"id": "a/b"}]


def served(server: Upstream, sleep: Callable[[float], None] = time.sleep) -> OpenRouterModelList:
    return OpenRouterModelList(f"{server.url}/models", HASTE, time.monotonic, sleep, "secret-key")


@pytest.mark.parametrize("answer", [json_body, gzipped_json])
def test_the_list_is_fetched_with_our_own_name(answer: Callable[[object], Behaviour]) -> None:
    with Upstream(answer({"data": RECORDS})) as server:
        listing = served(server).fetch()
        request = server.requests[0]

    assert (listing.records, listing.label) == (RECORDS, "OpenRouter")
    assert (listing.url, len(listing.body)) == (f"{server.url}/models", 25)
    assert request.headers["user-agent"] == USER_AGENT
    assert request.headers["authorization"] == "Bearer secret-key"
    assert request.headers["accept-encoding"] == "gzip"


def test_pages_are_followed_to_the_last() -> None:
    pages = {
        "/models": json_body({"data": RECORDS, "links": {"next": "/models/2?x=1"}}),
        "/models/2": json_body({"data": [{"id": "c/d"}], "links": {"next": None}}),
    }
    with Upstream(by_path(pages)) as server:
        listing = served(server).fetch()

    assert listing.records == [{"id": "a/b"}, {"id": "c/d"}]


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
        served(server).fetch()


def test_an_api_key_is_never_sent_in_the_clear_because_a_list_says_so() -> None:
    with pytest.raises(SourceError, match=r"on another host: 'http://example.org/2'"):
        _following("https://example.org/models", "http://example.org/2")
    assert _following("https://example.org/models", "/2") == "https://example.org/2"


def test_pages_are_no_larger_together_than_one_may_be() -> None:
    body = {"data": [{"id": "a/b", "x": "x" * 2_000_000}], "links": {"next": "/models"}}
    with (
        Upstream(json_body(body)) as server,
        pytest.raises(SourceError, match="all pages are larger than 5,000,000 bytes"),
    ):
        served(server).fetch()


@pytest.mark.parametrize(
    "first",
    [status(500), status(503), too_many_requests(0), refuses(), half_a_body(), nothing()],
    ids=["500", "503", "429", "reset", "half a body", "silence"],
)
def test_what_passes_is_tried_again(first: Behaviour) -> None:
    with Upstream(first, json_body(RECORDS)) as server:
        assert served(server).fetch().records == RECORDS
        assert len(server.requests) == 2


def test_a_pause_that_was_asked_for_is_kept() -> None:
    pauses: list[float] = []
    patience = RetryPolicy(total_seconds=60, max_attempts=2, initial_backoff_seconds=0.01)
    with Upstream(too_many_requests(7), json_body(RECORDS)) as server:
        OpenRouterModelList(server.url, patience, time.monotonic, pauses.append).fetch()

    assert pauses == [7.0]


def test_pauses_are_random_below_a_bound_that_doubles() -> None:
    patience = RetryPolicy(total_seconds=600, max_attempts=5, initial_backoff_seconds=10)
    runs: list[list[float]] = []
    with Upstream(status(503)) as server:
        for _ in range(2):
            runs.append([])
            source = OpenRouterModelList(server.url, patience, time.monotonic, runs[-1].append)
            with pytest.raises(SourceError, match="tried 5 times"):
                source.fetch()

    bounds = [10.0, 20.0, 40.0, 80.0]
    for run in runs:
        assert all(0 <= pause <= bound for pause, bound in zip(run, bounds, strict=True))
    assert runs[0] != runs[1]


@pytest.mark.parametrize(
    ("behaviour", "message", "requests"),
    [
        (status(500), "tried 3 times: answered 500", 3),
        (too_many_requests(None), "tried 3 times: answered 429", 3),
        (too_many_requests(3_600), "tried once: answered 429", 1),
        (status(404), "tried once: answered 404", 1),
        (status(401), "tried once: answered 401", 1),
        (redirect("http://127.0.0.1:1/"), "tried once: answered 302", 1),
        (nothing(), "ReadTimeout", 3),
        (refuses(), "tried 3 times: ReadError", 3),
        (half_a_body(), "tried 3 times: RemoteProtocolError", 3),
        (half_a_closed_body(), "not valid JSON", 1),
        (html(), "not valid JSON", 1),
        (json_body([]), "lists no models", 1),
        (json_body({}), "holds no list of models", 1),
        (huge(200_000_000), "larger than 5,000,000 bytes", 1),
        (gzip_bomb(200_000_000), "larger than 5,000,000 bytes", 1),
        (drip(0.05), "not complete within 1 seconds", 1),
        (drip_headers, "not complete within 1 seconds", 1),
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
        "a body cut where nobody can tell",
        "a page",
        "an empty list",
        "{}",
        "200 MB",
        "a bomb",
        "a drip",
        "a drip of headers",
    ],
)
def test_a_bad_upstream_is_an_error_that_names_it_in_bounded_time(
    behaviour: Behaviour, message: str, requests: int
) -> None:
    started = time.monotonic()
    with (
        Upstream(behaviour) as server,
        pytest.raises((SourceError, InvalidJson), match=message) as failed,
    ):
        served(server).fetch()

    assert str(failed.value).startswith(f"OpenRouter ({server.url}/models)")
    assert len(server.requests) == requests
    assert time.monotonic() - started < HASTE.total_seconds + HASTE.read_timeout_seconds + 2
    assert "secret-key" not in str(failed.value)


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        (gzip.compress(b"[1]")[:-9], "tried 3 times: the compressed answer broke off"),
        (b"not gzip at all", "tried 3 times: the compressed answer is damaged"),
    ],
    ids=["cut", "damaged"],
)
def test_what_does_not_inflate_is_an_error(sent: bytes, message: str) -> None:
    behaviour = answers(200, sent, {"Content-Encoding": "gzip"})
    with Upstream(behaviour) as server, pytest.raises(SourceError, match=message):
        served(server).fetch()


def test_a_handshake_that_is_never_answered_ends_in_bounded_time() -> None:
    started = time.monotonic()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"https://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(SourceError, match=r"ConnectTimeout|not complete within"):
            OpenRouterModelList(url, HASTE, time.monotonic, time.sleep).fetch()

    assert time.monotonic() - started < HASTE.total_seconds + HASTE.read_timeout_seconds


def test_an_upstream_that_is_not_there_is_an_error_that_names_it() -> None:
    with Upstream(nothing()) as server:
        gone = served(server)

    with pytest.raises(SourceError, match="tried 3 times: ConnectError"):
        gone.fetch()


def test_a_stored_list_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "2026-08-22.json"
    path.write_bytes(b'\xef\xbb\xbf[{"id": "a/b"}]')

    listing = ModelListFile(path, "a stored copy").fetch()

    assert (listing.records, listing.label, listing.url) == (RECORDS, "a stored copy", path.name)


def test_a_stored_list_that_is_not_there_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"cannot read .*gone\.json: No such file"):
        ModelListFile(tmp_path / "gone.json", "a stored copy").fetch()
