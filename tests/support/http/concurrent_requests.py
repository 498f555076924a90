"""A crowd of clients that ask at the same moment, as after a post that many servers fetch."""

import asyncio
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from tests.support.http.answer import Answer

_SECONDS = 60.0


class Asked(NamedTuple):
    """One request; `headers` are whole lines."""

    path: str
    method: str = "GET"
    headers: str = ""


def asked_at_once(address: str, paths: Sequence[str]) -> list[Answer]:
    """Return what http://host:port answers to each path, all of them asked for at once."""
    return asyncio.run(_asked(urlsplit(address).netloc, paths))


async def _asked(host: str, paths: Sequence[str]) -> list[Answer]:
    name, _, port = host.partition(":")
    streams = [await asyncio.open_connection(name, int(port)) for _ in paths]
    # Every connection stands before the first request is sent.
    async with asyncio.timeout(_SECONDS):
        pairs = zip(streams, paths, strict=True)
        return await asyncio.gather(*(_answer(*stream, host, path) for stream, path in pairs))


def asked_in_turn(address: str, requests: Sequence[Asked], seconds: float) -> list[Answer]:
    """Return what http://host:port answers to requests that come evenly over so many seconds.

    Each comes from an address of its own, of those that lead back to this machine.
    """
    return asyncio.run(_asked_in_turn(urlsplit(address).netloc, requests, seconds))


async def _asked_in_turn(host: str, requests: Sequence[Asked], seconds: float) -> list[Answer]:
    async def ask(number: int, asked: Asked) -> Answer:
        await asyncio.sleep(seconds * number / len(requests))
        name, _, port = host.partition(":")
        own = (f"127.1.{number // 250}.{number % 250 + 1}", 0)
        streams = await asyncio.open_connection(name, int(port), local_addr=own)
        return await _answer(*streams, host, asked.path, asked.method, asked.headers)

    async with asyncio.timeout(seconds + _SECONDS):
        return await asyncio.gather(*(ask(*one) for one in enumerate(requests)))


async def _answer(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    host: str,
    path: str,
    method: str = "GET",
    headers: str = "",
) -> Answer:
    request = f"{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n"
    writer.write(request.encode())
    head, _, body = (await reader.read()).partition(b"\r\n\r\n")
    writer.close()
    await writer.wait_closed()
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.split(": ", 1) for line in lines)
    return Answer(int(first.split()[1]), {name.lower(): value for name, value in pairs}, body)
