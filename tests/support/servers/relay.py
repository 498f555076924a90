"""Bytes between a client and a server, both ways."""

import socket
from contextlib import suppress
from threading import Thread

_CHUNK = 65_536


def relay(client: socket.socket, server: socket.socket) -> None:
    """Copy bytes both ways until the server ends."""
    Thread(target=_copy, args=(client, server), daemon=True).start()
    _copy(server, client)


def _copy(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while chunk := source.recv(_CHUNK):
            target.sendall(chunk)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)
