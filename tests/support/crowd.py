"""A crowd of clients that ask at the same moment, as after a post that many servers fetch."""

import asyncio
from collections.abc import Sequence
from urllib.parse import urlsplit

from tests.support.answers import Answer

_SECONDS = 60.0


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


async def _answer(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str, path: str
) -> Answer:
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    head, _, body = (await reader.read()).partition(b"\r\n\r\n")
    writer.close()
    await writer.wait_closed()
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.split(": ", 1) for line in lines)
    return Answer(int(first.split()[1]), {name.lower(): value for name, value in pairs}, body)
