"""HTTP connections whose responses are complete by a deadline, or an error.

A socket's timeout is for each read: a server that sends a byte now and then could hold its reader
for hours.
"""

import io
import socket
import ssl
import time
from functools import cache, partial
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection


def connection_with_deadline(
    host: str, is_secure: bool, timeout_seconds: float, deadline: float
) -> HTTPConnection:
    """Return a connection whose responses must be complete by a time of the monotonic clock.

    The timeout is that of each read. Connecting or reading after the deadline is an OSError.
    """
    remaining = deadline - time.monotonic()
    if remaining <= 0:
        raise TimeoutError("no time is left")
    timeout = min(timeout_seconds, remaining)
    connection = (
        HTTPSConnection(host, timeout=timeout, context=_tls_context())
        if is_secure
        else HTTPConnection(host, timeout=timeout)
    )
    connection.response_class = partial(_response_with_deadline, deadline)  # type: ignore[assignment]
    return connection


@cache
def _tls_context() -> ssl.SSLContext:
    """Reading the public certificates takes longer than a request, so all requests share them."""
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    return context


def _response_with_deadline(
    deadline: float, sock: socket.socket, method: str | None = None
) -> HTTPResponse:
    return HTTPResponse(_TimedSocket(sock, deadline), method=method)  # type: ignore[arg-type]


class _TimedSocket:
    """The part of a socket that HTTPResponse uses."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._sock = sock
        self._deadline = deadline

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_TimedReader(self._sock, self._deadline))


class _TimedReader(io.RawIOBase):
    def __init__(self, sock: socket.socket, deadline: float) -> None:
        super().__init__()
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)
        self._deadline = deadline
        self._timeout: float = sock.gettimeout() or 0.0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int | None:  # type: ignore[override]
        remaining = self._deadline - time.monotonic()
        if remaining <= 0:
            raise TimeoutError("the answer took too long")
        self._sock.settimeout(min(self._timeout, remaining))
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()
