"""Fetches a page and its image over the network, in the way of one crawler.

Each fetch has a client of its own: a cookie that a site sets for one crawler is not sent with
another's requests.
"""

import asyncio
from collections.abc import Callable, Mapping
from email.message import Message
from typing import NamedTuple
from urllib.parse import urljoin

import httpx

from handler.adapters.http.transport import NetworkTransport
from handler.adapters.network import DIRECT, Network
from handler.domain.previews.crawlers.crawler import Crawler
from handler.domain.previews.unfurl.fetched_page import FetchedPage
from scripts.unfurling.character_encoding import find_encoding
from scripts.unfurling.content_coding import UndecodableBody, decode_body

# The timeout of crawlers with an unknown or a longer one.
_MAX_TIMEOUT_SECONDS = 15.0
# Waiting a little longer than the crawler shows how late a response is.
_GRACE_SECONDS = 2.0
_MAX_REDIRECTS = 20
_MAX_BYTES = 20_000_000

# A TLS error in the middle of a body passes httpx as an OSError.
_NETWORK_ERRORS = (httpx.HTTPError, httpx.InvalidURL, httpx.CookieConflict, OSError)

Transport = httpx.AsyncBaseTransport
_OpenClient = Callable[[], httpx.AsyncClient]


class FetchFailed(Exception):
    """No response came; the message names the request and the reason."""


class _Request(NamedTuple):
    method: str
    url: str
    headers: Mapping[str, str]
    max_bytes: int = _MAX_BYTES

    def __str__(self) -> str:
        return f"{self.method} {self.url}"


def fetch_page(
    crawler: Crawler, url: str, transport: Transport | None = None, network: Network = DIRECT
) -> FetchedPage:
    """Return the page as this crawler gets it. Raises FetchFailed where no response comes.

    Without a transport, it is fetched through the network.
    """
    return asyncio.run(_fetch_page(crawler, url, lambda: _client(transport, network)))


def fetch_image(
    crawler: Crawler, url: str, transport: Transport | None = None, network: Network = DIRECT
) -> FetchedPage:
    """Return the image as this crawler gets it. Raises FetchFailed where no response comes."""
    headers = {"User-Agent": crawler.user_agent, "Accept": "image/*,*/*;q=0.8"}
    # A compressed response would come without the image's Content-Length.
    request = _Request("GET", url, {**headers, "Accept-Encoding": "identity"})
    return asyncio.run(_fetch_image(crawler, request, lambda: _client(transport, network)))


async def _fetch_page(crawler: Crawler, url: str, open_client: _OpenClient) -> FetchedPage:
    started = _now()
    head_status: int | None = None
    *earlier, last = crawler.request.methods
    async with open_client() as client:
        for method in earlier:
            request = _Request(method, url, crawler.headers(method))
            status = (await _fetch(client, crawler, request)).status
            head_status = status if method == "HEAD" else head_status
        max_bytes = crawler.max_read_bytes or _MAX_BYTES
        request = _Request(last, url, crawler.headers(last), max_bytes)
        page = await _fetch(client, crawler, request)
    encoding = find_encoding(page.body, _charset(page.headers.get("content-type", "")))
    return page._replace(seconds=_now() - started, head_status=head_status, encoding=encoding)


async def _fetch_image(
    crawler: Crawler, request: _Request, open_client: _OpenClient
) -> FetchedPage:
    async with open_client() as client:
        return await _fetch(client, crawler, request)


def _client(transport: Transport | None, network: Network) -> httpx.AsyncClient:
    # Transports are not shared: their connections belong to one event loop.
    transport = transport or NetworkTransport(network)
    return httpx.AsyncClient(follow_redirects=False, transport=transport)


async def _fetch(client: httpx.AsyncClient, crawler: Crawler, request: _Request) -> FetchedPage:
    """Return the response behind all redirects, within one deadline."""
    started = _now()
    timeout = min(crawler.request.timeout_seconds or _MAX_TIMEOUT_SECONDS, _MAX_TIMEOUT_SECONDS)
    deadline = started + timeout + _GRACE_SECONDS
    hops: list[str] = []
    locations: list[str] = []
    while True:
        page = await _send(client, request, deadline)
        location = page.headers.get("location")
        if not 300 <= page.status < 400 or not location:
            seconds = _now() - started
            return page._replace(hops=tuple(hops), locations=tuple(locations), seconds=seconds)
        if len(hops) == _MAX_REDIRECTS:
            raise FetchFailed(f"{request}: more than {_MAX_REDIRECTS} redirects")
        request = request._replace(url=_join(request.url, location))
        hops.append(request.url)
        locations.append(location)


async def _send(client: httpx.AsyncClient, request: _Request, deadline: float) -> FetchedPage:
    """Return one response; its body ends at the maximum size or at the deadline."""
    response: httpx.Response | None = None
    body = bytearray()
    headers = dict(request.headers)
    timeout = _timeout(deadline)
    try:
        async with (
            asyncio.timeout_at(deadline),
            client.stream(
                request.method, request.url, headers=headers, timeout=timeout
            ) as response,
        ):
            await _read(response, body, request)
    except TimeoutError as error:
        # A late body is returned as far as it came: its duration is a problem to report.
        if response is None:
            raise FetchFailed(f"{request}: no response before the deadline") from error
    except (*_NETWORK_ERRORS, UndecodableBody, UnicodeError) as error:
        raise FetchFailed(f"{request}: {str(error) or type(error).__name__}") from error
    received = {name.lower(): value for name, value in response.headers.items()}
    read = bytes(body[: request.max_bytes])
    return FetchedPage(request.url, response.status_code, received, read)


async def _read(response: httpx.Response, body: bytearray, request: _Request) -> None:
    """Append the decompressed body, up to the first piece beyond the maximum."""
    if request.method == "HEAD":
        return
    coding = response.headers.get("content-encoding", "")
    async for piece in decode_body(response.aiter_raw(), coding):
        body += piece
        if len(body) >= request.max_bytes:
            return


def _timeout(deadline: float) -> httpx.Timeout:
    """Return the timeouts of single steps, of which httpx has no total.

    Connecting ends before the deadline, because httpcore leaks a connection that is cancelled in
    its TLS handshake. The timeout holds for TCP and TLS each.
    """
    return httpx.Timeout(None, connect=max(0.1, (deadline - _now()) / 2))


def _charset(content_type: str) -> str:
    message = Message()
    message["content-type"] = content_type
    return str(message.get_param("charset", ""))


def _join(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise FetchFailed(f"{url} redirects to {location}, which is no address") from error


def _now() -> float:
    return asyncio.get_running_loop().time()
