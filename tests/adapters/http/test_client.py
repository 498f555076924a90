"""What the client does beyond a single GET; test_openrouter.py shows it against bad upstreams."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from handler.adapters.http.client import BoundedHttpClient, FetchError
from handler.adapters.http.deadline import Deadline
from tests.support.servers.upstream import Behaviour, Upstream, status, too_many_requests

BODY = b'{"data": {}}'


class CountedServer(ThreadingHTTPServer):
    """A server that keeps connections open, and counts them."""

    connections = 0

    def process_request(self, request: object, client_address: object) -> None:
        self.connections += 1
        super().process_request(request, client_address)  # type: ignore[arg-type] # as handed in


class Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 5.0

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def lasting_connections() -> Iterator[tuple[CountedServer, str]]:
    with CountedServer(("127.0.0.1", 0), Answer) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server, f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def client(total_seconds: float = 5.0) -> BoundedHttpClient:
    return BoundedHttpClient(Deadline(total_seconds, time.monotonic), 1.0, 1_000)


def test_one_connection_serves_calls_that_follow_each_other() -> None:
    with lasting_connections() as (server, url):
        with client() as calls:
            bodies = [calls.get(f"{url}/{n}") for n in range(5)]

        assert (bodies, server.connections) == ([BODY] * 5, 1)


@pytest.mark.parametrize(
    ("behaviour", "expected"),
    [
        (status(404), ("answered 404 Upstream", True, 404, 0.0)),
        (status(503), ("answered 503 Upstream", False, 503, 0.0)),
        (too_many_requests(7), ("answered 429 Upstream", False, 429, 7.0)),
        (
            too_many_requests("Fri, 31 Dec 1999 23:59:59 GMT"),
            ("answered 429 Upstream", False, 429, 0.0),
        ),
    ],
    ids=["404", "503", "429", "429 until a date"],
)
def test_a_failure_says_what_came_and_whether_it_may_pass(
    behaviour: Behaviour, expected: tuple[str, bool, int, float]
) -> None:
    with Upstream(behaviour) as server, client() as calls:
        with pytest.raises(FetchError) as failed:
            calls.get(server.url)
        failure = failed.value

    assert (str(failure), failure.final, failure.status, failure.retry_after) == expected


def test_after_its_deadline_it_asks_nobody() -> None:
    with Upstream(status(200)) as server, client(total_seconds=0) as calls:
        with pytest.raises(FetchError, match="not complete within 0 seconds"):
            calls.get(server.url)

        assert server.requests == []
