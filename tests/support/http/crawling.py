"""Ask the application in process as a crawler would: methods, ranges, encodings, redirects."""

import zlib
from collections.abc import Mapping
from urllib.parse import unquote, urljoin, urlsplit

from starlette.types import Message, Receive, Scope, Send

from handler.asgi import AsgiApp
from handler.domain.previews.crawlers.crawler import Crawler
from handler.domain.previews.unfurl.fetched_page import FetchedPage
from tests.support.http.answer import Answer
from tests.support.http.asgi import ask

_MAX_REDIRECTS = 5


def crawled(app: AsgiApp, crawler: Crawler, url: str) -> FetchedPage:
    """Return what a crawler gets of a page of the site at this address, over all its requests."""
    head_status: int | None = None
    for method in crawler.request.methods:
        got = asked(app, url, method, crawler.headers(method))
        head_status = got.status if method == "HEAD" else head_status
    return FetchedPage(
        got.url,
        got.status,
        got.headers,
        got.body[: crawler.max_read_bytes],
        got.hops,
        got.locations,
        head_status=head_status,
    )


def asked(
    app: AsgiApp, url: str, method: str = "GET", headers: Mapping[str, str] | None = None
) -> FetchedPage:
    """Return the answer behind any redirects."""
    hops: list[str] = []
    locations: list[str] = []
    while True:
        parts = urlsplit(url)
        answer = ask(app, unquote(parts.path), method, headers, query=parts.query)
        if not 300 <= answer.status < 400:
            return FetchedPage(
                url, answer.status, answer.headers, inflated(answer), tuple(hops), tuple(locations)
            )
        assert len(hops) < _MAX_REDIRECTS, hops
        locations.append(answer.headers["location"])
        url = urljoin(url, locations[-1])
        hops.append(url)


def inflated(answer: Answer) -> bytes:
    """Return the body as a client reads it."""
    if answer.headers.get("content-encoding") != "gzip" or not answer.body:
        return answer.body
    return zlib.decompress(answer.body, wbits=31)


def altered(app: AsgiApp, old: bytes, new: bytes) -> AsgiApp:
    """Return the application with a mistake in its pages, sent plain, to see it noticed."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_altered(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": message["body"].replace(old, new)}
            await send(message)

        plain = [
            (name, b"identity" if name == b"accept-encoding" else value)
            for name, value in scope["headers"]
        ]
        await app({**scope, "headers": plain}, receive, send_altered)

    return answer
