"""Hostile sites, over real connections, against scripts/unfurl."""

import gzip
import time
import tracemalloc
import zlib
from itertools import cycle

import pytest

from handler.domain.previews.crawlers.crawler import Crawler
from handler.domain.previews.crawlers.crawlers import get_crawler
from scripts.commands import unfurl
from scripts.commands.unfurl import unfurl_as
from scripts.unfurling.fetch import FetchFailed, fetch_image, fetch_page
from scripts.unfurling.report import Style
from tests.support.pages import pictures
from tests.support.servers.upstream import Exchange, Upstream, answers, by_path

pytestmark = pytest.mark.promise("P14", "hostile sites, fetched by scripts/unfurl")

HTML = {"Content-Type": "text/html"}
SLACK = get_crawler("slack")
PAGE = b"<head><title>One</title></head>"
MEGABYTE = 2**20


def impatient(seconds: float) -> Crawler:
    """Return a crawler whose deadline, with the grace of two seconds, is so far away."""
    request = SLACK.request._replace(timeout_seconds=seconds - 2.0)
    return SLACK._replace(request=request)


def gzipped(megabytes: int) -> bytes:
    """Return so many compressed spaces."""
    compressor = zlib.compressobj(level=9, wbits=31)
    pieces = [compressor.compress(b" " * MEGABYTE) for _ in range(megabytes)]
    return b"".join(pieces) + compressor.flush()


def test_nested_compression_is_refused_at_once() -> None:
    body = gzip.compress(gzipped(64))
    headers = {**HTML, "Content-Encoding": "gzip, gzip"}

    tracemalloc.start()
    try:
        with (
            Upstream(answers(200, body, headers)) as site,
            pytest.raises(FetchFailed, match=r"compressed more than once: gzip, gzip$"),
        ):
            fetch_page(SLACK, site.url)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 8 * MEGABYTE


@pytest.mark.parametrize("crawler", ["slack", "facebook"])
def test_bomb_is_read_up_to_the_limit(crawler: str) -> None:
    headers = {**HTML, "Content-Encoding": "gzip"}
    limit = get_crawler(crawler).max_read_bytes or 20_000_000

    with Upstream(answers(200, gzipped(64), headers)) as site:
        page = fetch_page(get_crawler(crawler), site.url)

    assert len(page.body) == min(limit, 20_000_000)


@pytest.mark.parametrize(
    ("coding", "body", "read"),
    [
        ("", PAGE, PAGE),
        ("identity", PAGE, PAGE),
        ("gzip", gzip.compress(PAGE, mtime=0), PAGE),
        ("X-GZIP, identity", gzip.compress(PAGE, mtime=0), PAGE),
        ("gzip", gzip.compress(PAGE, mtime=0) + b"trailing", PAGE),
        ("deflate", zlib.compress(PAGE), PAGE),
        ("deflate", zlib.compress(PAGE, wbits=-15), PAGE),
        ("gzip", b"", b""),
    ],
    # Bodies in the ids would have the time in them, which differs between processes.
    ids=["none", "identity", "gzip", "x-gzip", "trailing", "zlib", "deflate", "empty"],
)
def test_body_is_read_in_one_coding(coding: str, body: bytes, read: bytes) -> None:
    headers = {**HTML, "Content-Encoding": coding} if coding else HTML

    with Upstream(answers(200, body, headers)) as site:
        assert fetch_page(SLACK, site.url).body == read


@pytest.mark.parametrize(
    ("coding", "reason"),
    [
        ("gzip", "the gzip body is damaged: "),
        ("deflate", "the deflate body is damaged: "),
        ("br", "the body has the content coding br, which is not read"),
    ],
)
def test_unreadable_body_is_named(coding: str, reason: str) -> None:
    headers = {**HTML, "Content-Encoding": coding}

    with (
        Upstream(answers(200, b"\xff" + PAGE, headers)) as site,
        pytest.raises(FetchFailed, match=reason),
    ):
        fetch_page(SLACK, site.url)


def dripping(head: bytes, drop: bytes) -> Upstream:
    """Return a site that sends a beginning, and then a drop ten times a second."""

    def behave(exchange: Exchange) -> None:
        exchange.send(head)
        for piece in cycle([drop]):
            exchange.pause(0.1)
            exchange.send(piece)

    return Upstream(behave)


@pytest.mark.parametrize(
    ("head", "drop"),
    [
        pytest.param(b"", b"H", id="status line"),
        pytest.param(b"HTTP/1.1 200 OK\r\n", b"A: b\r\n", id="headers"),
        pytest.param(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n", id="early hints"),
    ],
)
def test_dripped_head_ends_at_the_deadline(head: bytes, drop: bytes) -> None:
    started = time.monotonic()

    with dripping(head, drop) as site, pytest.raises(FetchFailed):
        fetch_page(impatient(1.0), site.url)

    assert time.monotonic() - started < 10


def test_dripped_body_is_returned_as_far_as_it_came() -> None:
    with dripping(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE, b" ") as site:
        page = fetch_page(impatient(1.0), site.url)

    assert page.body.startswith(PAGE)
    assert 0.9 < page.seconds < 10


def test_slow_redirects_share_one_deadline() -> None:
    def redirect_late(exchange: Exchange) -> None:
        exchange.pause(0.3)
        answers(302, b"", {"Location": "/"})(exchange)

    with Upstream(redirect_late) as site:
        with pytest.raises(FetchFailed, match="no response before the deadline"):
            fetch_page(impatient(1.0), site.url)

        assert len(site.requests) < 10


def test_cookies_are_not_shared_among_crawlers(capsys: pytest.CaptureFixture[str]) -> None:
    page = answers(200, PAGE, {**HTML, "Set-Cookie": "crawler=slack; Path=/"})

    with Upstream(page) as site:
        for name in ("slack", "facebook", "x"):
            unfurl.main([f"{site.url}/acme/one", "--only", name, "--no-image"], style=Style())
        unfurl.main([site.url, "--no-image"], style=Style())

        # A crawler may return a cookie in its own requests.
        first = {r.headers["user-agent"]: r for r in reversed(site.requests)}
        assert [r for r in first.values() if "cookie" in r.headers] == []
    capsys.readouterr()


@pytest.mark.parametrize(
    ("base", "path"),
    [
        ("/images/", "/images/card.png"),
        ("images/", "/acme/images/card.png"),
        ("javascript:alert(1)//", "/acme/card.png"),
        ("http://[half", "/acme/card.png"),
    ],
)
def test_image_is_relative_to_the_base(base: str, path: str) -> None:
    tags = {"og:title": "One", "og:description": "A", "og:image": "card.png"}
    metas = "".join(f"<meta property={key} content={value}>" for key, value in tags.items())
    page = f'<head><base href="{base}">{metas}</head>'
    card = answers(200, pictures.png(1200, 630), {"Content-Type": "image/png"})

    with Upstream(by_path({"/acme/one": answers(200, page.encode(), HTML), path: card})) as site:
        report = unfurl_as(SLACK, f"{site.url}/acme/one", with_image=True)

    assert report.image is not None
    assert (report.image.url, report.image.status) == (f"{site.url}{path}", 200)


def test_title_is_decoded_by_the_label_of_the_web() -> None:
    page = "<head><title>镕①</title></head>".encode("gb18030")
    headers = {"Content-Type": "text/html; charset=gb2312"}

    with Upstream(answers(200, page, headers)) as site:
        assert fetch_page(SLACK, site.url).encoding == "gb18030"


def test_image_bomb_is_refused() -> None:
    headers = {"Content-Type": "image/png", "Content-Encoding": "gzip, deflate"}

    with Upstream(answers(200, b"x", headers)) as site, pytest.raises(FetchFailed):
        fetch_image(SLACK, site.url)
