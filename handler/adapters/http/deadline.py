"""An httpx transport that ends at a deadline, whatever the other side does.

httpx times each read, so a side that sends one byte now and then, in its headers or its body, can
hold it for hours. Here no wait for the network is longer than what is left.
"""

import ssl
from collections.abc import Callable, Iterable
from typing import Any

import httpcore
import httpx

Remaining = Callable[[], float]
"""Returns the seconds that are left, negative once there are none."""


class Deadline:
    """A number of seconds that begins when it is made, by a clock that never goes back."""

    def __init__(self, total_seconds: float, clock: Callable[[], float]) -> None:
        self.total_seconds = total_seconds
        self._clock = clock
        self._end = clock() + total_seconds

    def remaining(self) -> float:
        """Return the seconds that are left, negative once there are none."""
        return self._end - self._clock()


class DeadlineTransport(httpx.HTTPTransport):
    """HTTP over connections that are given up, by a timeout error, when no time remains."""

    def __init__(self, remaining: Remaining) -> None:
        super().__init__(trust_env=False)
        # httpx has no parameter for it; its pool takes one.
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            network_backend=_Network(remaining),
            # Whoever starts threads bounds them; waiting here would be timed as silence.
            max_connections=None,
        )


class _Network(httpcore.SyncBackend):
    def __init__(self, remaining: Remaining) -> None:
        self._remaining = remaining

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(self._remaining, timeout, httpcore.ConnectTimeout)
        stream = super().connect_tcp(host, port, left, local_address, socket_options)
        return _Stream(stream, self._remaining)


class _Stream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, remaining: Remaining) -> None:
        self._stream = stream
        self._remaining = remaining

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._remaining, timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._remaining, timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(self._remaining, timeout, httpcore.ConnectTimeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, left), self._remaining)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(
    remaining: Remaining, timeout: float | None, expired: type[httpcore.TimeoutException]
) -> float:
    left = remaining()
    if left <= 0:
        raise expired("no time is left")
    return left if timeout is None else min(timeout, left)
