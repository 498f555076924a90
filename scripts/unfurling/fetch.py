"""Fetches a page and its image over the network, in the way of one crawler."""

import time
from collections.abc import Mapping
from urllib.parse import urljoin

import httpx

from handler.domain.previews.crawlers.crawler import Crawler
from handler.domain.previews.unfurl.fetched_page import FetchedPage

# The timeout of crawlers with an unknown or a longer one.
_MAX_TIMEOUT_SECONDS = 15.0
# Waiting a little longer than the crawler shows how late a response is.
_GRACE_SECONDS = 2.0
_MAX_REDIRECTS = 20
_MAX_BYTES = 20_000_000

Client = httpx.Client
Transport = httpx.BaseTransport


class FetchFailed(Exception):
    """No response came; the message names the request and the reason."""


def create_client(transport: Transport | None = None) -> Client:
    """Return a client that follows no redirects; tests pass a transport."""
    return httpx.Client(follow_redirects=False, transport=transport)


def fetch_page(client: Client, crawler: Crawler, url: str) -> FetchedPage:
    """Return the page as this crawler gets it. Raises FetchFailed where no response comes."""
    started = time.monotonic()
    head_status: int | None = None
    *earlier, last = crawler.request.methods
    for method in earlier:
        status = _fetch(client, crawler, method, url, crawler.headers(method)).status
        head_status = status if method == "HEAD" else head_status
    page = _fetch(client, crawler, last, url, crawler.headers(last), crawler.max_read_bytes)
    return page._replace(seconds=time.monotonic() - started, head_status=head_status)


def fetch_image(client: Client, crawler: Crawler, url: str) -> FetchedPage:
    """Return the image as this crawler gets it. Raises FetchFailed where no response comes."""
    headers = {"User-Agent": crawler.user_agent, "Accept": "image/*,*/*;q=0.8"}
    # A compressed response would come without the image's Content-Length.
    return _fetch(client, crawler, "GET", url, {**headers, "Accept-Encoding": "identity"})


def _fetch(
    client: Client,
    crawler: Crawler,
    method: str,
    url: str,
    headers: Mapping[str, str],
    max_bytes: int | None = None,
) -> FetchedPage:
    started = time.monotonic()
    timeout = min(crawler.request.timeout_seconds or _MAX_TIMEOUT_SECONDS, _MAX_TIMEOUT_SECONDS)
    deadline = started + timeout + _GRACE_SECONDS
    hops: list[str] = []
    locations: list[str] = []
    while True:
        page = _request(client, method, url, headers, max_bytes or _MAX_BYTES, deadline)
        location = page.headers.get("location")
        if not 300 <= page.status < 400 or not location:
            seconds = time.monotonic() - started
            return page._replace(hops=tuple(hops), locations=tuple(locations), seconds=seconds)
        if len(hops) == _MAX_REDIRECTS:
            raise FetchFailed(f"{method} {url}: more than {_MAX_REDIRECTS} redirects")
        url = _join(url, location)
        hops.append(url)
        locations.append(location)


def _request(
    client: Client,
    method: str,
    url: str,
    headers: Mapping[str, str],
    max_bytes: int,
    deadline: float,
) -> FetchedPage:
    """Return one response; its body ends at the maximum size or at the deadline."""
    timeout = max(0.1, deadline - time.monotonic())
    body = bytearray()
    try:
        with client.stream(method, url, headers=dict(headers), timeout=timeout) as response:
            for chunk in response.iter_bytes():
                body += chunk
                if len(body) >= max_bytes or time.monotonic() > deadline:
                    break
            received = {name.lower(): value for name, value in response.headers.items()}
            return FetchedPage(url, response.status_code, received, bytes(body[:max_bytes]))
    except (httpx.HTTPError, httpx.InvalidURL, httpx.CookieConflict, UnicodeError) as error:
        raise FetchFailed(f"{method} {url}: {str(error) or type(error).__name__}") from error


def _join(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise FetchFailed(f"{url} redirects to {location}, which is no address") from error
