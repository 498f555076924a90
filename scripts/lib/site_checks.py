"""Checks of a deployed site from outside: pages, cards, HTTP, redirects and the catalog's age."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import httpx

_SECURITY_HEADERS = (
    "content-security-policy",
    "referrer-policy",
    "strict-transport-security",
    "x-content-type-options",
)


class CheckFailed(Exception):
    """The site did not pass a check; the message says what it did instead."""


class Site:
    """A site at a URL, and the model whose page is checked."""

    def __init__(self, client: httpx.Client, url: str, model: str, max_age_minutes: int) -> None:
        self.url = url
        self.max_age_minutes = max_age_minutes
        self._client = client
        self._model = model

    @property
    def path(self) -> str:
        """The path of the model's page. The default model is the first one that `/` lists."""
        if not self._model:
            listed = re.search(r'name="m" value="([^"/]+/[^"/]+)"', self.get("/").text)
            if not listed:
                raise CheckFailed("the front page lists no model")
            self._model = listed[1]
        return f"/{self._model}"

    def get(self, path: str, method: str = "GET", **headers: str) -> httpx.Response:
        """Return the response to a request without compression. Redirects are not followed."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            return self._client.request(
                method, self.url + path, headers={"accept-encoding": "identity", **named}
            )
        except httpx.HTTPError as error:
            raise CheckFailed(f"no response: {type(error).__name__} {error}".strip()) from error

    def meta(self, name: str) -> str:
        """Return the content of a meta property on the model's page."""
        tag = re.search(rf'<meta property="{name}" content="([^"]*)"', self.get(self.path).text)
        if not tag:
            raise CheckFailed(f"the page has no {name}")
        return tag[1]


def run_checks(site: Site) -> list[tuple[str, bool, str]]:
    """Return the name of each check, whether it passed, and what it found."""
    return [(name, *_run(check, site)) for name, check in CHECKS.items()]


def page(site: Site) -> str:
    response = _expect(site.get(site.path), 200, "text/html")
    return f"{site.path}, {len(response.content)} bytes, {site.meta('og:title')}"


def absolute_urls(site: Site) -> str:
    canonical = re.search(r'<link rel="canonical" href="([^"]*)"', site.get(site.path).text)
    _expect_equal("canonical URL", canonical and canonical[1], site.url + site.path)
    _expect_equal("og:url", site.meta("og:url"), site.url + site.path)
    return f"start with {site.url}"


def card(site: Site) -> str:
    url = site.meta("og:image")
    if not url.startswith(f"{site.url}/"):
        raise CheckFailed(f"the card is at {url}, not on {site.url}")
    response = _expect(site.get(url.removeprefix(site.url)), 200, "image/png")
    if not response.content.startswith(b"\x89PNG\r\n\x1a\n"):
        raise CheckFailed(f"{url} is not a PNG")
    return f"{len(response.content)} bytes"


def head(site: Site) -> str:
    response, whole = site.get(site.path, "HEAD"), site.get(site.path)
    _expect(response, 200, "text/html")
    _expect_equal("ETag", response.headers.get("etag"), whole.headers.get("etag"))
    _expect_equal("body", response.content, b"")
    return "like GET, without a body"


def partial_content(site: Site) -> str:
    response = _expect(site.get(site.path, range="bytes=0-99"), 206)
    _expect_equal("range", response.content, site.get(site.path).content[:100])
    return str(response.headers.get("content-range"))


def not_modified(site: Site) -> str:
    etag = site.get(site.path).headers.get("etag", "")
    _expect(site.get(site.path, if_none_match=etag), 304)
    return f"for {etag}"


def not_found(site: Site) -> str:
    response = _expect(site.get("/nobody/no-such-model"), 404, "text/html")
    return str(response.headers.get("cache-control"))


def robots(site: Site) -> str:
    response = _expect(site.get("/robots.txt"), 200, "text/plain")
    if "user-agent:" not in response.text.lower():
        raise CheckFailed("it names no User-agent")
    return f"{len(response.content)} bytes"


def redirect(site: Site) -> str:
    response = _expect(site.get(site.path.upper()), 308)
    _expect_equal("Location", response.headers.get("location"), site.url + site.path)
    return f"{site.path.upper()} redirects to {site.path}"


def catalog_age(site: Site) -> str:
    status = _expect(site.get("/api/status"), 200, "application/json").json()
    minutes = (datetime.now(UTC) - datetime.fromisoformat(status["as_of"])).total_seconds() / 60
    age = f"{minutes:.0f} minutes, {status['models']} models"
    if minutes > site.max_age_minutes:
        raise CheckFailed(f"{age}: older than {site.max_age_minutes} minutes")
    return age


def security_headers(site: Site) -> str:
    headers = site.get(site.path).headers
    absent = [name for name in _SECURITY_HEADERS if name not in headers]
    if absent:
        raise CheckFailed(f"missing: {', '.join(absent)}")
    return f"{len(_SECURITY_HEADERS)} headers"


CHECKS: dict[str, Callable[[Site], str]] = {
    "page": page,
    "absolute URLs": absolute_urls,
    "card": card,
    "HEAD": head,
    "Range": partial_content,
    "304": not_modified,
    "404": not_found,
    "robots.txt": robots,
    "redirect": redirect,
    "catalog age": catalog_age,
    "security headers": security_headers,
}


def _run(check: Callable[[Site], str], site: Site) -> tuple[bool, str]:
    try:
        return True, check(site)
    except CheckFailed as error:
        return False, str(error)
    except (ValueError, KeyError) as error:
        return False, f"unexpected JSON: {error!r}"


def _expect(response: httpx.Response, status: int, media_type: str = "") -> httpx.Response:
    _expect_equal("status", response.status_code, status)
    content_type = response.headers.get("content-type", "")
    if not content_type.startswith(media_type):
        raise CheckFailed(f"the media type is {content_type}, not {media_type}")
    return response


def _expect_equal(name: str, actual: object, expected: object) -> None:
    if actual != expected:
        raise CheckFailed(f"{name} is {actual!r}, not {expected!r}")
