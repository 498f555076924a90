"""A forward proxy on this machine, which counts what it forwards."""

import socket
from collections.abc import Mapping
from contextlib import closing, suppress
from io import BufferedIOBase
from socketserver import StreamRequestHandler
from urllib.parse import urlsplit

from tests.support.servers.relay import relay
from tests.support.servers.tcp_server import TcpServer


class ForwardProxy(TcpServer):
    """An HTTP proxy: it forwards requests of http:// URLs, and tunnels those of CONNECT.

    `forwarded` has the method and the target of each, such as "CONNECT localhost:8443". Hosts that
    do not exist can be reached at the address that `hosts` has for them.
    """

    def __init__(self, hosts: Mapping[str, str] | None = None) -> None:
        self.forwarded: list[str] = []
        proxy, known = self, hosts or {}

        class Handler(StreamRequestHandler):
            def handle(self) -> None:
                with suppress(OSError):
                    self._forward()

            def _forward(self) -> None:
                head = _read_head(self.rfile)
                method, target, _ = head.split(b" ", 2)
                proxy.forwarded.append(f"{method.decode()} {target.decode()}")
                url = urlsplit(target if b"://" in target else b"//" + target)
                name, port = (url.hostname or b"").decode(), url.port or 80
                with closing(socket.create_connection((known.get(name, name), port))) as server:
                    if method == b"CONNECT":
                        self.connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                    else:
                        server.sendall(_to_origin(head, url.netloc))
                    relay(self.connection, server)

        super().__init__(Handler)


def _read_head(stream: BufferedIOBase) -> bytes:
    lines = []
    while (line := stream.readline()) not in (b"\r\n", b""):
        lines.append(line)
    return b"".join([*lines, b"\r\n"])


def _to_origin(head: bytes, netloc: bytes) -> bytes:
    """Return the request as a server gets it: with a path instead of a URL."""
    return head.replace(b"http://" + netloc, b"", 1)
