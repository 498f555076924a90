"""Fetches a page and its picture over the network, each time as one crawler would."""

import time
from collections.abc import Mapping
from urllib.parse import urljoin

import httpx

from handler.domain.previews.crawlers.crawler import Crawler
from handler.domain.previews.unfurl.fetched_page import FetchedPage

# Where a crawler's patience is not known, or is longer than anybody's at a terminal.
_SECONDS = 15.0
# How much longer we wait than the crawler, so as to say how late an answer is.
_GRACE_SECONDS = 2.0
_MOST_REDIRECTS = 20
_MOST_BYTES = 20_000_000

Client = httpx.Client
Transport = httpx.BaseTransport


class FetchFailed(Exception):
    """No answer came; the message says what was asked, and why there is none."""


def client_for(transport: Transport | None = None) -> Client:
    """Return a client that leaves redirects and headers to us; a transport stands in for tests."""
    return httpx.Client(follow_redirects=False, transport=transport)


def fetch_page(client: Client, crawler: Crawler, url: str) -> FetchedPage:
    """Return the page as this crawler gets it; raise FetchFailed where nothing answers."""
    started = time.monotonic()
    head_status: int | None = None
    *earlier, last = crawler.request.methods
    for method in earlier:
        status = _fetch(client, crawler, method, url, crawler.headers(method)).status
        head_status = status if method == "HEAD" else head_status
    page = _fetch(client, crawler, last, url, crawler.headers(last), crawler.max_read_bytes)
    return FetchedPage(
        page.url,
        page.status,
        page.headers,
        page.body,
        page.hops,
        page.locations,
        seconds=time.monotonic() - started,
        head_status=head_status,
    )


def fetch_image(client: Client, crawler: Crawler, url: str) -> FetchedPage:
    """Return the picture as this crawler gets it; raise FetchFailed where nothing answers."""
    headers = {"User-Agent": crawler.user_agent, "Accept": "image/*,*/*;q=0.8"}
    # A compressed picture would come without its length.
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
    deadline = started + min(crawler.request.timeout_seconds or _SECONDS, _SECONDS) + _GRACE_SECONDS
    hops: list[str] = []
    locations: list[str] = []
    while True:
        got = _answer(client, method, url, headers, max_bytes or _MOST_BYTES, deadline)
        location = got.headers.get("location")
        if not 300 <= got.status < 400 or not location:
            seconds = time.monotonic() - started
            return FetchedPage(
                url, got.status, got.headers, got.body, tuple(hops), tuple(locations), seconds
            )
        if len(hops) == _MOST_REDIRECTS:
            raise FetchFailed(f"{method} {url}: more than {_MOST_REDIRECTS} redirects")
        url = _joined(url, location)
        hops.append(url)
        locations.append(location)


def _answer(
    client: Client,
    method: str,
    url: str,
    headers: Mapping[str, str],
    max_bytes: int,
    deadline: float,
) -> FetchedPage:
    """Return one answer, its body as far as it is wanted and as came before the deadline."""
    left = max(0.1, deadline - time.monotonic())
    body = bytearray()
    try:
        with client.stream(method, url, headers=dict(headers), timeout=left) as answer:
            for chunk in answer.iter_bytes():
                body += chunk
                if len(body) >= max_bytes or time.monotonic() > deadline:
                    break
            sent = {name.lower(): value for name, value in answer.headers.items()}
            return FetchedPage(url, answer.status_code, sent, bytes(body[:max_bytes]))
    except (httpx.HTTPError, httpx.InvalidURL, httpx.CookieConflict, UnicodeError) as error:
        raise FetchFailed(f"{method} {url}: {str(error) or type(error).__name__}") from error


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise FetchFailed(f"{url} redirects to {location}, which is no address") from error
