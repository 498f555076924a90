"""An HTTP server that misbehaves on purpose, as an upstream catalog one day will.

A behaviour answers one request; behaviours are built from functions here, and combined with
`in_turn`, `by_path`, `chosen` and `after`. Every answer closes its connection.
"""

import json
import socket
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import repeat
from types import TracebackType
from typing import BinaryIO, Self

from scripts.local_stack.processes import LOOPBACK
from tests.support.http.answer import http_get

_CHUNK = 65_536
_STOP_SECONDS = 5.0
_JSON = {"Content-Type": "application/json"}
_OF_ONE_CONNECTION = frozenset({"connection", "host", "transfer-encoding"})


@dataclass(frozen=True)
class Request:
    """A request as received: the path with its query, header names in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Exchange:
    """A request, and the raw connection to answer it on."""

    request: Request
    connection: socket.socket
    stopping: threading.Event

    def send(self, data: bytes) -> None:
        """Send the bytes; raise OSError once the client or the server has gone."""
        self.connection.sendall(data)

    def pause(self, seconds: float) -> None:
        """Wait, but no longer than the server runs."""
        if self.stopping.wait(seconds):
            raise ConnectionAbortedError("the upstream is stopping")

    def wait_for_client_to_leave(self) -> None:
        """Return when the client closes the connection, or the server stops."""
        while self.connection.recv(_CHUNK):
            pass


Behaviour = Callable[[Exchange], None]


class Upstream:
    """A server on the loopback address with one behaviour a request, in turn; the last stays."""

    def __init__(self, *behaviours: Behaviour) -> None:
        self._behaviour = in_turn(*behaviours)
        self._requests: list[Request] = []
        self._connections: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._listener = socket.create_server((LOOPBACK, 0))
        self._port: int = self._listener.getsockname()[1]

    @property
    def url(self) -> str:
        """The server's address, without a slash at its end; nothing answers there once stopped."""
        return f"http://{LOOPBACK}:{self._port}"

    @property
    def requests(self) -> list[Request]:
        """The requests received so far, oldest first."""
        with self._lock:
            return list(self._requests)

    def now(self, *behaviours: Behaviour) -> None:
        """Answer all further requests with other behaviours."""
        self._behaviour = in_turn(*behaviours)

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stopping.set()
        _shut(self._listener)
        self._listener.close()
        with self._lock:
            for connection in self._connections:
                _shut(connection)
        deadline = time.monotonic() + _STOP_SECONDS
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))

    def _start(self, target: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=target, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self._start(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        with closing(connection):
            self._remember(connection)
            # A client that gives up in the middle is what most of these behaviours are for.
            with suppress(OSError):
                self._answer(connection)
            self._forget(connection)

    def _answer(self, connection: socket.socket) -> None:
        with connection.makefile("rb") as stream:
            request = _read_request(stream)
        if request is None:
            return
        with self._lock:
            self._requests.append(request)
        self._behaviour(Exchange(request, connection, self._stopping))

    def _remember(self, connection: socket.socket) -> None:
        with self._lock:
            self._connections.add(connection)
            if self._stopping.is_set():
                _shut(connection)

    def _forget(self, connection: socket.socket) -> None:
        with self._lock:
            self._connections.discard(connection)


# Combinations


def in_turn(*behaviours: Behaviour) -> Behaviour:
    """Return the first behaviour for the first request, and so on; the last one stays."""
    waiting = list(behaviours)
    lock = threading.Lock()

    def behave(exchange: Exchange) -> None:
        with lock:
            current = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        current(exchange)

    return behave


def by_path(behaviours: Mapping[str, Behaviour]) -> Behaviour:
    """Return the behaviour of the request's path without its query, 404 for any other."""
    return chosen(lambda request: behaviours.get(request.path.partition("?")[0], status(404)))


def chosen(choose: Callable[[Request], Behaviour]) -> Behaviour:
    """Return the behaviour that a function chooses for each request."""
    return lambda exchange: choose(exchange.request)(exchange)


def after(seconds: float, behaviour: Behaviour) -> Behaviour:
    """Return the same behaviour, late."""

    def behave(exchange: Exchange) -> None:
        exchange.pause(seconds)
        behaviour(exchange)

    return behave


# Whole answers


def answers(
    status_code: int = 200, body: bytes = b"", headers: Mapping[str, str] | None = None
) -> Behaviour:
    """Answer with a complete body and its true length."""
    sent = {"Content-Length": str(len(body)), **(headers or {})}
    return lambda exchange: exchange.send(_head(status_code, sent) + body)


def json_body(value: object, headers: Mapping[str, str] | None = None) -> Behaviour:
    """Answer 200 with a value as JSON."""
    return answers(200, json.dumps(value).encode(), {**_JSON, **(headers or {})})


def gzipped_json(value: object) -> Behaviour:
    """Answer 200 with a value as JSON, compressed."""
    body = zlib.compress(json.dumps(value).encode(), wbits=31)
    return answers(200, body, {**_JSON, "Content-Encoding": "gzip"})


def html(text: str = "<!doctype html><title>Just a moment...</title>") -> Behaviour:
    """Answer 200 with a page where JSON is expected, as a captive portal or a bot check does."""
    return answers(200, text.encode(), {"Content-Type": "text/html; charset=utf-8"})


def status(code: int) -> Behaviour:
    """Answer with a status and an error in JSON."""
    body = json.dumps({"error": {"code": code, "message": "upstream says no"}}).encode()
    return answers(code, body, _JSON)


def too_many_requests(retry_after: int | str | None = None) -> Behaviour:
    """Answer 429, with a Retry-After in seconds or as an HTTP date unless it is None."""
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return answers(429, b'{"error": {"code": 429}}', {**_JSON, **headers})


def redirect(to: str, status_code: int = 302) -> Behaviour:
    """Send the client elsewhere."""
    return answers(status_code, b"", {"Location": to})


def relayed(address: str) -> Behaviour:
    """Answer as the server at http://host:port does, which thereby has its requests counted."""

    def behave(exchange: Exchange) -> None:
        asked = exchange.request
        answer = http_get(address, asked.path, asked.method, _handed_on(asked.headers))
        exchange.send(_head(answer.status, _handed_on(answer.headers)) + answer.body)

    return behave


# Answers that never end well


def nothing() -> Behaviour:
    """Read the request, and never answer."""
    return lambda exchange: exchange.wait_for_client_to_leave()


def refuses() -> Behaviour:
    """Read the request, and reset the connection without an answer."""

    def behave(exchange: Exchange) -> None:
        # Lingering for no time makes close() send a reset instead of an orderly end.
        linger = struct.pack("ii", 1, 0)
        exchange.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)

    return behave


def half_a_body(body: bytes = b'{"data": [{"id": "a/b"}, {"id": "c') -> Behaviour:
    """Promise twice the body by Content-Length, send it once, and close."""
    head = _head(200, {**_JSON, "Content-Length": str(2 * len(body))})
    return lambda exchange: exchange.send(head + body)


def half_a_closed_body(body: bytes = b'{"data": [{"id": "a/b"}, {"id": "c') -> Behaviour:
    """Send a body whose only end is that of the connection, cut off: no client can tell."""
    return lambda exchange: exchange.send(_head(200, _JSON) + body)


def huge(total_bytes: int) -> Behaviour:
    """Answer 200 with so many spaces as JSON, their number in Content-Length."""
    head = _head(200, {**_JSON, "Content-Length": str(total_bytes)})
    return lambda exchange: _stream(exchange, head, _chunks(b" ", total_bytes))


def huge_closed_body(total_bytes: int) -> Behaviour:
    """Answer 200 with so many spaces as JSON, without saying how many."""
    return lambda exchange: _stream(exchange, _head(200, _JSON), _chunks(b" ", total_bytes))


def gzip_bomb(inflated_bytes: int) -> Behaviour:
    """Answer 200 with a small compressed body that inflates to so many spaces."""
    head = _head(200, {**_JSON, "Content-Encoding": "gzip"})
    return lambda exchange: _stream(exchange, head, _compressed(_chunks(b" ", inflated_bytes)))


def drip(interval_seconds: float) -> Behaviour:
    """Answer 200 with a space each interval, for as long as the client stays."""

    def behave(exchange: Exchange) -> None:
        exchange.send(_head(200, _JSON))
        for byte in repeat(b" "):
            exchange.pause(interval_seconds)
            exchange.send(byte)

    return behave


def _stream(exchange: Exchange, head: bytes, chunks: Iterator[bytes]) -> None:
    exchange.send(head)
    for chunk in chunks:
        exchange.send(chunk)


def _chunks(byte: bytes, total_bytes: int) -> Iterator[bytes]:
    whole, rest = divmod(total_bytes, _CHUNK)
    yield from repeat(byte * _CHUNK, whole)
    yield byte * rest


def _compressed(chunks: Iterator[bytes]) -> Iterator[bytes]:
    compressor = zlib.compressobj(level=9, wbits=31)
    for chunk in chunks:
        yield compressor.compress(chunk)
    yield compressor.flush()


def _head(status_code: int, headers: Mapping[str, str]) -> bytes:
    lines = [f"HTTP/1.1 {status_code} Upstream", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def _handed_on(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name not in _OF_ONE_CONNECTION}


def _read_request(stream: BinaryIO) -> Request | None:
    """Return the head of a request, None where the client sent no whole request line."""
    words = stream.readline().decode("latin-1").split()
    if len(words) != 3:
        return None
    return Request(method=words[0], path=words[1], headers=dict(_read_headers(stream)))


def _read_headers(stream: BinaryIO) -> Iterator[tuple[str, str]]:
    while line := stream.readline().decode("latin-1").strip():
        name, _, value = line.partition(":")
        yield name.lower(), value.strip()


def _shut(connection: socket.socket) -> None:
    """Wake whoever is blocked on the socket: closing it alone would not."""
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
