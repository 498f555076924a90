"""An HTTP response that is complete by a deadline, or an error.

A socket's timeout is for each read: a server that sends a byte now and then could hold its reader
for hours.
"""

import io
import socket
import time
from http.client import HTTPResponse


def response_with_deadline(
    deadline: float, sock: socket.socket, method: str | None = None
) -> HTTPResponse:
    """Return a socket's response. Reading it after a time of the monotonic clock is an OSError."""
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
