"""Checks of a deployed site from outside: pages, cards, HTTP, redirects and the catalog's age."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from scripts.smoke_checks import cdn_checks
from scripts.smoke_checks.site import CheckFailed, Site, expect, expect_equal

_SECURITY_HEADERS = (
    "content-security-policy",
    "referrer-policy",
    "strict-transport-security",
    "x-content-type-options",
)


def run_checks(site: Site) -> Iterator[tuple[str, bool, str]]:
    """Yield the name of each check, whether it passed, and what it found, as each ends."""
    for name, check in CHECKS.items():
        yield name, *_run(check, site)


def page(site: Site) -> str:
    response = expect(site.get(site.path), 200, "text/html")
    return f"{site.path}, {len(response.content)} bytes, {site.meta('og:title')}"


def absolute_urls(site: Site) -> str:
    canonical = re.search(r'<link rel="canonical" href="([^"]*)"', site.get(site.path).text)
    expect_equal("canonical URL", canonical and canonical[1], site.url + site.path)
    expect_equal("og:url", site.meta("og:url"), site.url + site.path)
    return f"start with {site.url}"


def card(site: Site) -> str:
    response = expect(site.get(site.card_path), 200, "image/png")
    if not response.content.startswith(b"\x89PNG\r\n\x1a\n"):
        raise CheckFailed(f"{site.card_path} is not a PNG")
    return f"{len(response.content)} bytes"


def not_modified(site: Site) -> str:
    etag = site.get(site.path).headers.get("etag", "")
    expect(site.get(site.path, if_none_match=etag), 304)
    return f"for {etag}"


def not_found(site: Site) -> str:
    response = expect(site.get("/nobody/no-such-model"), 404, "text/html")
    return str(response.headers.get("cache-control"))


def robots(site: Site) -> str:
    response = expect(site.get("/robots.txt"), 200, "text/plain")
    if "user-agent:" not in response.text.lower():
        raise CheckFailed("it names no User-agent")
    return f"{len(response.content)} bytes"


def redirect(site: Site) -> str:
    response = expect(site.get(site.path.upper()), 308)
    expect_equal("Location", response.headers.get("location"), site.url + site.path)
    return f"{site.path.upper()} redirects to {site.path}"


def catalog_age(site: Site) -> str:
    status = expect(site.get("/api/status"), 200, "application/json").json()
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
    "HEAD": cdn_checks.head,
    "Range": cdn_checks.partial_content,
    "queries": cdn_checks.queries,
    "other sites": cdn_checks.cross_origin,
    "throttling": cdn_checks.throttling,
    "times": cdn_checks.times,
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
