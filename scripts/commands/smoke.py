"""Checks a deployed site from outside, as those who use it would, and prints what it found."""

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit

import httpx

_SECONDS = 20.0
# Eight times the usual interval between two refreshes.
_OLDEST_MINUTES = 120
_SECURITY = (
    "content-security-policy",
    "referrer-policy",
    "strict-transport-security",
    "x-content-type-options",
)


class CheckFailed(Exception):
    """The site did not do what it should; the message says what it did."""


class Site:
    """A site at an origin, with the model by which it is judged."""

    def __init__(self, client: httpx.Client, origin: str, model: str, oldest_minutes: int) -> None:
        self.origin = origin
        self.oldest_minutes = oldest_minutes
        self._client = client
        self._model = model

    @property
    def path(self) -> str:
        """The path of the model's page: of the one named, else of the first that the site lists."""
        if not self._model:
            listed = re.search(r'name="m" value="([^"/]+/[^"/]+)"', self.get("/").text)
            if not listed:
                raise CheckFailed("the front page lists no model")
            self._model = listed[1]
        return f"/{self._model}"

    def get(self, path: str, method: str = "GET", **headers: str) -> httpx.Response:
        """Return the answer to a request that asks for no compression, redirects not followed."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            return self._client.request(
                method, self.origin + path, headers={"accept-encoding": "identity", **named}
            )
        except httpx.HTTPError as error:
            raise CheckFailed(f"no answer: {type(error).__name__} {error}".strip()) from error

    def meta(self, name: str) -> str:
        """Return what the model's page says of itself under a name."""
        found = re.search(rf'<meta property="{name}" content="([^"]*)"', self.get(self.path).text)
        if not found:
            raise CheckFailed(f"the page has no {name}")
        return found[1]


def page(site: Site) -> str:
    answer = _answered(site.get(site.path), 200, "text/html")
    return f"{site.path}, {len(answer.content)} bytes, {site.meta('og:title')}"


def addresses(site: Site) -> str:
    canonical = re.search(r'<link rel="canonical" href="([^"]*)"', site.get(site.path).text)
    _same("canonical URL", canonical and canonical[1], site.origin + site.path)
    _same("og:url", site.meta("og:url"), site.origin + site.path)
    return f"start with {site.origin}"


def card(site: Site) -> str:
    url = site.meta("og:image")
    if not url.startswith(f"{site.origin}/"):
        raise CheckFailed(f"the card is at {url}, another origin than {site.origin}")
    answer = _answered(site.get(url.removeprefix(site.origin)), 200, "image/png")
    if not answer.content.startswith(b"\x89PNG\r\n\x1a\n"):
        raise CheckFailed(f"{url} is no PNG")
    return f"{len(answer.content)} bytes"


def head(site: Site) -> str:
    answer, whole = site.get(site.path, "HEAD"), site.get(site.path)
    _answered(answer, 200, "text/html")
    _same("ETag", answer.headers.get("etag"), whole.headers.get("etag"))
    _same("body", answer.content, b"")
    return "as GET, without a body"


def partial_content(site: Site) -> str:
    answer = _answered(site.get(site.path, range="bytes=0-99"), 206)
    _same("part", answer.content, site.get(site.path).content[:100])
    return str(answer.headers.get("content-range"))


def not_modified(site: Site) -> str:
    tag = site.get(site.path).headers.get("etag", "")
    _answered(site.get(site.path, if_none_match=tag), 304)
    return f"for {tag}"


def missing(site: Site) -> str:
    answer = _answered(site.get("/nobody/no-such-model"), 404, "text/html")
    return str(answer.headers.get("cache-control"))


def robots(site: Site) -> str:
    answer = _answered(site.get("/robots.txt"), 200, "text/plain")
    if "user-agent:" not in answer.text.lower():
        raise CheckFailed("it names no User-agent")
    return f"{len(answer.content)} bytes"


def redirect(site: Site) -> str:
    answer = _answered(site.get(site.path.upper()), 308)
    _same("Location", answer.headers.get("location"), site.origin + site.path)
    return f"{site.path.upper()} leads to {site.path}"


def catalog_age(site: Site) -> str:
    status = _answered(site.get("/api/status"), 200, "application/json").json()
    minutes = (datetime.now(UTC) - datetime.fromisoformat(status["as_of"])).total_seconds() / 60
    words = f"{minutes:.0f} minutes, {status['models']} models"
    if minutes > site.oldest_minutes:
        raise CheckFailed(f"{words}: older than {site.oldest_minutes} minutes")
    return words


def security(site: Site) -> str:
    headers = site.get(site.path).headers
    absent = [name for name in _SECURITY if name not in headers]
    if absent:
        raise CheckFailed(f"absent: {', '.join(absent)}")
    return f"{len(_SECURITY)} headers"


CHECKS: dict[str, Callable[[Site], str]] = {
    "page": page,
    "absolute URLs": addresses,
    "card": card,
    "HEAD": head,
    "Range": partial_content,
    "304": not_modified,
    "404": missing,
    "robots.txt": robots,
    "redirect": redirect,
    "catalog age": catalog_age,
    "security headers": security,
}


def main(arguments: Sequence[str], transport: httpx.BaseTransport | None = None) -> int:
    """Return the exit status: 0 where everything is as it should be, else 1."""
    options = _parsed(arguments)
    with httpx.Client(follow_redirects=False, timeout=_SECONDS, transport=transport) as client:
        site = Site(client, options.url, options.model, options.oldest)
        found = [(name, *_result(check, site)) for name, check in CHECKS.items()]
    width = max(map(len, CHECKS))
    for name, passed, words in found:
        print(f"{'ok    ' if passed else 'FAILED'}  {name:<{width}}  {words}")
    return 0 if all(passed for _, passed, _ in found) else 1


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/smoke", description=__doc__)
    parser.add_argument("url", type=_origin, metavar="URL", help="https://previews.example.org")
    parser.add_argument(
        "--model", default="", metavar="ID", help="the model to judge by; default: the first listed"
    )
    parser.add_argument(
        "--oldest",
        type=int,
        default=_OLDEST_MINUTES,
        metavar="MINUTES",
        help="how old the catalog may be; default: %(default)s",
    )
    return parser.parse_args(arguments)


def _origin(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
        raise argparse.ArgumentTypeError(f"{text!r} is not the address of a site")
    return text.removesuffix("/")


def _result(check: Callable[[Site], str], site: Site) -> tuple[bool, str]:
    try:
        return True, check(site)
    except CheckFailed as error:
        return False, str(error)
    except (ValueError, KeyError) as error:
        return False, f"not the JSON that it should be: {error!r}"


def _answered(answer: httpx.Response, status: int, kind: str = "") -> httpx.Response:
    _same("status", answer.status_code, status)
    if not answer.headers.get("content-type", "").startswith(kind):
        raise CheckFailed(f"its type is {answer.headers.get('content-type')}, not {kind}")
    return answer


def _same(what: str, found: object, wanted: object) -> None:
    if found != wanted:
        raise CheckFailed(f"{what} is {found!r}, not {wanted!r}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
