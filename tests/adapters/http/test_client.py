"""What the client does beyond a good response; test_models.py shows it against bad upstreams."""

import asyncio
from collections.abc import Iterator
from contextlib import aclosing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from handler.adapters.http.client import BoundedHttpClient, FetchError
from tests.support.servers.upstream import (
    Behaviour,
    Upstream,
    nothing,
    refuses,
    status,
    too_many_requests,
)

BODY = b'{"data": {}}'


class CountingServer(ThreadingHTTPServer):
    """A server that keeps connections open, and counts them."""

    connections = 0

    def process_request(self, request: object, client_address: object) -> None:
        self.connections += 1
        super().process_request(request, client_address)  # type: ignore[arg-type] # as handed in


class KeepAliveHandler(BaseHTTPRequestHandler):
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
def keep_alive_server() -> Iterator[tuple[CountingServer, str]]:
    with CountingServer(("127.0.0.1", 0), KeepAliveHandler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server, f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def get(*urls: str, total_seconds: float = 30.0) -> list[bytes]:
    """Return the bodies at the URLs, requested one after another."""

    async def get_all() -> list[bytes]:
        async with aclosing(BoundedHttpClient(total_seconds, 20.0, 1_000)) as client:
            return [await client.get(url) for url in urls]

    return asyncio.run(get_all())


def test_requests_in_a_row_share_one_connection() -> None:
    with keep_alive_server() as (server, url):
        bodies = get(*(f"{url}/{n}" for n in range(5)))

        assert (bodies, server.connections) == ([BODY] * 5, 1)


@pytest.mark.parametrize(
    ("behaviour", "expected"),
    [
        (status(404), ("answered 404 Upstream", False, 404, 0.0)),
        (status(503), ("answered 503 Upstream", True, 503, 0.0)),
        (too_many_requests(7), ("answered 429 Upstream", True, 429, 7.0)),
        (
            too_many_requests("Fri, 31 Dec 1999 23:59:59 GMT"),
            ("answered 429 Upstream", True, 429, 0.0),
        ),
        (refuses(), ("ReadError", True, None, 0.0)),
    ],
    ids=["404", "503", "429", "429 until a date", "reset"],
)
def test_an_error_has_its_reason_and_whether_to_retry(
    behaviour: Behaviour, expected: tuple[str, bool, int | None, float]
) -> None:
    with Upstream(behaviour) as server:
        with pytest.raises(FetchError) as raised:
            get(server.url)
        error = raised.value

    assert (str(error), error.retryable, error.status, error.retry_after) == expected


def test_a_refused_connection_may_be_retried() -> None:
    with Upstream(nothing()) as server:
        url = server.url

    with pytest.raises(FetchError, match="ConnectError All connection attempts failed") as raised:
        get(url)
    assert raised.value.retryable


def test_no_request_is_sent_after_the_deadline() -> None:
    with Upstream(status(200)) as server:
        with pytest.raises(FetchError, match="not complete within 0 seconds") as raised:
            get(server.url, total_seconds=0)

        assert (server.requests, raised.value.retryable) == ([], False)
