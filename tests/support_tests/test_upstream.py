import gzip
import json
import socket
import time
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse, IncompleteRead, RemoteDisconnected
from typing import TypeVar
from urllib.parse import urlsplit

import pytest

from tests.support.http.answer import http_get
from tests.support.servers import upstream
from tests.support.servers.upstream import Behaviour, Request, Upstream

Result = TypeVar("Result")


def get(
    server: Upstream,
    read: Callable[[HTTPResponse], Result],
    path: str = "/",
    timeout_seconds: float = 5.0,
) -> Result:
    """Return what `read` makes of the response to a GET. Raises the errors of http.client."""
    host = urlsplit(server.url).netloc
    with closing(HTTPConnection(host, timeout=timeout_seconds)) as connection:
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        with connection.getresponse() as response:
            return read(response)


def status_of(response: HTTPResponse) -> int:
    return response.status


def body_of(response: HTTPResponse) -> bytes:
    return response.read()


def test_behaviours_take_turns_and_the_last_repeats() -> None:
    with Upstream(upstream.too_many_requests(3), upstream.json_body([1])) as server:
        assert get(server, lambda response: response.headers["Retry-After"]) == "3"
        assert [json.loads(get(server, body_of)) for _ in range(2)] == [[1], [1]]
        server.now(upstream.status(503))
        assert get(server, status_of) == 503


def test_requests_are_recorded() -> None:
    with Upstream(upstream.html()) as server:
        get(server, body_of, "/api/v1/models?x=1")

    host = urlsplit(server.url).netloc
    assert server.requests == [
        Request("GET", "/api/v1/models?x=1", {"host": host, "accept-encoding": "gzip"})
    ]


def test_behaviour_can_depend_on_the_path() -> None:
    routes = upstream.by_path({"/a": upstream.status(500), "/b": upstream.json_body({})})
    with Upstream(routes) as server:
        statuses = [get(server, status_of, path) for path in ("/a", "/b?x", "/c")]

    assert statuses == [500, 200, 404]


def test_redirect_names_its_target() -> None:
    with Upstream(upstream.redirect("http://elsewhere.example/")) as server:
        assert get(server, lambda response: (response.status, response.headers["Location"])) == (
            302,
            "http://elsewhere.example/",
        )


def test_cut_body_is_only_detected_with_a_length() -> None:
    with Upstream(upstream.half_a_body(b"[1"), upstream.half_a_closed_body(b"[1")) as server:
        with pytest.raises(IncompleteRead):
            get(server, body_of)
        assert get(server, body_of) == b"[1"


@pytest.mark.parametrize("behaviour", [upstream.huge(200_000), upstream.huge_closed_body(200_000)])
def test_huge_body_has_the_requested_size(behaviour: Behaviour) -> None:
    with Upstream(behaviour) as server:
        assert get(server, body_of) == b" " * 200_000


def test_compressed_responses_inflate() -> None:
    with Upstream(upstream.gzipped_json({"a": 1}), upstream.gzip_bomb(10_000_000)) as server:
        assert json.loads(gzip.decompress(get(server, body_of))) == {"a": 1}
        bomb = get(server, body_of)

    assert len(bomb) < 20_000
    assert len(gzip.decompress(bomb)) == 10_000_000


def test_refusal_resets_the_connection() -> None:
    with Upstream(upstream.refuses()) as server:
        with pytest.raises((ConnectionResetError, RemoteDisconnected)):
            get(server, status_of)
        assert len(server.requests) == 1


def test_drip_continues_and_silence_times_out() -> None:
    with Upstream(upstream.drip(0.01), upstream.nothing()) as server:
        assert get(server, lambda response: response.read(5)) == b" " * 5
        with pytest.raises(TimeoutError):
            get(server, status_of, timeout_seconds=0.1)


@pytest.mark.parametrize(
    "behaviour",
    [
        pytest.param(upstream.nothing(), id="nothing"),
        pytest.param(upstream.drip(0.01), id="drip"),
        pytest.param(upstream.huge(10**10), id="huge, unread"),
        pytest.param(upstream.after(60, upstream.html()), id="late"),
    ],
)
def test_server_stops_during_a_response(behaviour: Behaviour) -> None:
    server = Upstream(behaviour)
    host, port = urlsplit(server.url).netloc.split(":")
    with server, socket.create_connection((host, int(port))) as client:
        client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(0.1)
        stopping = time.monotonic()
        server.__exit__(None, None, None)

        # The responses themselves would take a minute or longer.
        assert time.monotonic() - stopping < 30
        assert server.requests != []


def test_relay_forwards_and_records_requests() -> None:
    behind = Upstream(upstream.answers(404, b"gone", {"X-Own": "relayed"}))
    with behind, Upstream(upstream.relayed(behind.url)) as server:
        response = http_get(server.url, "/a%2Fb?c", headers={"X-Asked": "relayed"})

        assert (response.status, response.body, response.headers["x-own"]) == (
            404,
            b"gone",
            "relayed",
        )
        assert [request.path for request in server.requests] == ["/a%2Fb?c"]
        assert behind.requests[0].headers["x-asked"] == "relayed"
