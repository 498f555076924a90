"""An HTTP response that is whole at a time that was set, or an error.

A socket times each read: whoever sends a byte now and then could hold its reader for hours.
"""

import io
import socket
import time
from http.client import HTTPResponse


def response_with_deadline(
    end: float, sock: socket.socket, method: str | None = None
) -> HTTPResponse:
    """Return the response of a socket; reading past a time of the monotonic clock is an OSError."""
    return HTTPResponse(_TimedSocket(sock, end), method=method)  # type: ignore[arg-type]


class _TimedSocket:
    """As much of a socket as a response takes."""

    def __init__(self, sock: socket.socket, end: float) -> None:
        self._sock = sock
        self._end = end

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_TimedReader(self._sock, self._end))


class _TimedReader(io.RawIOBase):
    def __init__(self, sock: socket.socket, end: float) -> None:
        super().__init__()
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)
        self._end = end
        self._silence: float = sock.gettimeout() or 0.0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int | None:  # type: ignore[override]
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError("the answer took too long")
        self._sock.settimeout(min(self._silence, left))
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()
