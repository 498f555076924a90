"""Checks of what lies between visitors and the site: a CDN, a gateway, a throttle."""

import re
import secrets
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import httpx

from scripts.smoke_checks.site import CheckFailed, Site, expect, expect_equal

# Crawlers wait three to five seconds, and the distribution four.
_MAX_SECONDS = 4.0
_MAX_ERROR_LIFETIME_SECONDS = 60
_OTHER_SITE = "https://other.example"
_NO_MODEL = "q=no-such-model"


def head(site: Site) -> str:
    """Check that HEAD announces the body that GET has, for a page, a card and a feed."""
    for path in (site.path, site.card_path, "/feed.xml"):
        response, whole = site.get(path, "HEAD"), expect(site.get(path), 200)
        expect(response, 200)
        expect_equal(f"body of {path}", response.content, b"")
        expect_equal(f"ETag of {path}", response.headers.get("etag"), whole.headers.get("etag"))
        length = response.headers.get("content-length")
        expect_equal(f"Content-Length of {path}", length, str(len(whole.content)))
    return "like GET, without a body"


def partial_content(site: Site) -> str:
    """Check a range, and one past the end: the whole, or a 416 from a cache."""
    whole = site.get(site.path).content
    response = expect(site.get(site.path, range="bytes=0-99"), 206)
    expect_equal("range", response.content, whole[:100])
    past_the_end = site.get(site.path, range=f"bytes={len(whole)}-")
    if past_the_end.status_code != 416:
        expect_equal("range past the end", expect(past_the_end, 200).content, whole)
    content_range = response.headers.get("content-range")
    return f"{content_range}; past the end {past_the_end.status_code}"


def queries(site: Site) -> str:
    """Check that a query changes each address that reads one: no CDN may drop it."""
    pairs = _paths_and_queries(site)
    same = [path for path, query in pairs if _body(site, path) == _body(site, f"{path}?{query}")]
    if same:
        raise CheckFailed(f"the query changes nothing at {', '.join(same)}")
    return f"change {len(pairs)} addresses"


def cross_origin(site: Site) -> str:
    """Check that a script of another site may ask the API whether a response has changed."""
    path, etag = "/api/status", site.get("/api/status").headers.get("etag", "")
    preflight = site.get(
        path, "OPTIONS", origin=_OTHER_SITE, access_control_request_headers="if-none-match"
    )
    unchanged = site.get(path, origin=_OTHER_SITE, if_none_match=etag)
    for response, status in ((preflight, 204), (unchanged, 304)):
        allowed = expect(response, status).headers.get("access-control-allow-origin")
        expect_equal("Access-Control-Allow-Origin", allowed, "*")
    names = preflight.headers.get("access-control-allow-headers", "")
    if "if-none-match" not in names.lower():
        raise CheckFailed(f"the preflight allows no If-None-Match: {names!r}")
    return f"304 for {etag}, after a preflight"


def throttling(site: Site) -> str:
    """Send requests at once, and check that those throttled are refused for seconds alone."""
    with ThreadPoolExecutor(max_workers=site.flood) as pool:
        # No cache answers this address.
        responses = list(pool.map(lambda _: site.get("/healthz"), range(site.flood)))
    refused = [response for response in responses if response.status_code == 429]
    for response in responses:
        if response.status_code != 429:
            expect(response, 200)
    for response in refused:
        lifetimes = re.findall(r"(?:max-age|s-maxage|stale-[a-z-]+)=(\d+)", _lifetime(response))
        if max(map(int, lifetimes), default=0) > _MAX_ERROR_LIFETIME_SECONDS:
            raise CheckFailed(f"a throttled answer has the lifetime {_lifetime(response)!r}")
    return f"{len(refused)} of {site.flood} refused"


def times(site: Site) -> str:
    """Measure an address that no cache has, and once more."""
    path = f"/?q={secrets.token_hex(8)}"
    seconds = []
    for _ in range(2):
        started = site.clock()
        expect(site.get(path), 200)
        seconds.append(site.clock() - started)
    cold, warm = seconds
    found = f"{1000 * cold:.0f} ms past the cache, {1000 * warm:.0f} ms again"
    if max(seconds) > _MAX_SECONDS:
        raise CheckFailed(f"{found}: crawlers wait {_MAX_SECONDS:.0f} seconds")
    return found


def _paths_and_queries(site: Site) -> Sequence[tuple[str, str]]:
    """Return an address for each behaviour of the CDN that keeps a query, and one it reads."""
    models = f"m={site.path[1:]}"
    return (
        ("/", _NO_MODEL),
        ("/models.csv", _NO_MODEL),
        ("/card.png", _NO_MODEL),
        (site.card_path_of("/"), _NO_MODEL),
        ("/compare", models),
        ("/compare/card.png", models),
        (site.card_path_of("/compare"), models),
        ("/changes", "kind=name"),
        ("/changes/card.png", "kind=name"),
        (site.card_path_of("/changes"), "kind=name"),
        ("/api/compare", models),
        ("/api/models", _NO_MODEL),
        ("/feed.xml", "kind=name"),
        (f"{site.path}/feed.xml", "kind=name"),
        (f"{site.path}/badge.svg", "show=context"),
    )


def _body(site: Site, path: str) -> bytes:
    return site.get(path).content


def _lifetime(response: httpx.Response) -> str:
    return str(response.headers.get("cache-control", ""))
