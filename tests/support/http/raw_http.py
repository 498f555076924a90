"""Requests that no client library would send, byte by byte over a socket."""

import socket
from contextlib import closing
from urllib.parse import urlsplit

from tests.support.http.answer import Answer

_SECONDS = 20.0


def answered(address: str, target: bytes, method: bytes = b"GET", lines: bytes = b"") -> Answer:
    """Return what http://host:port answers to a target sent as it is.

    `lines` are whole header lines, sent as they are too.
    """
    host = urlsplit(address).netloc
    head = b"%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n" % (method, target, host.encode())
    name, _, port = host.partition(":")
    with closing(socket.create_connection((name, int(port)), timeout=_SECONDS)) as connection:
        connection.sendall(head + lines + b"\r\n")
        received = b"".join(iter(lambda: connection.recv(65_536), b""))
    return _read(received)


def _read(received: bytes) -> Answer:
    while True:
        head, _, body = received.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        status = int(first.split()[1])
        if status >= 200:
            break
        received = body  # 100 Continue comes before the answer
    pairs = (line.split(": ", 1) for line in lines)
    return Answer(status, {name.lower(): value for name, value in pairs}, body)
