"""Answers that are no page of the catalog: redirects, 404s and error pages."""

from handler.domain.catalog.model_lookup import IndexEntry
from handler.domain.text import collapse_whitespace, truncate
from handler.web.http.headers import PAGE_CACHE, TEXT
from handler.web.http.response import CacheableResponse
from handler.web.rendering.metadata import SITE_NAME, HeadMetadata
from handler.web.rendering.templates import Templates
from handler.web.urls import model_path

_RETRY_SECONDS = 30


_MAX_SHOWN_CHARACTERS = 240


def permanent_redirect(path: str, site_url: str) -> CacheableResponse:
    """Return the way to a path of this site, as a whole URL: Lemmy follows no other."""
    url = site_url + path
    return CacheableResponse(
        f"Moved to {url}\n".encode(), TEXT, PAGE_CACHE, 308, (("location", url),)
    )


def not_found_page(
    templates: Templates, address: str, candidates: tuple[IndexEntry, ...], site_url: str
) -> CacheableResponse:
    """Return the 404 of an address, with the models whose names come near it."""
    head = _problem_head("No such model", "No model here has this address.")
    near = [(model_path(entry.id), entry) for entry in candidates]
    shown = truncate(
        collapse_whitespace(address[:_MAX_SHOWN_CHARACTERS]),
        _MAX_SHOWN_CHARACTERS // 2,
        _MAX_SHOWN_CHARACTERS,
    )
    return templates.error("missing.html", head, site_url, 404, address=shown, near=near)


def error_page(templates: Templates, status: int, site_url: str) -> CacheableResponse:
    """Return the page of a status that is our fault, or of a method that we do not answer."""
    title, words = {
        405: ("Only for reading", "This site answers GET and HEAD requests only."),
        500: ("Something broke here", "This page could not be made. Please try again in a minute."),
        503: (
            "The catalog is not here yet",
            f"{SITE_NAME} has not read its catalog so far, so it can show no models. That takes a "
            "minute or two after a first deployment; please try again shortly.",
        ),
    }[status]
    headers = {405: (("allow", "GET, HEAD"),), 503: (("retry-after", str(_RETRY_SECONDS)),)}
    head = _problem_head(title, words)
    return templates.error(
        "problem.html", head, site_url, status, headers.get(status, ()), words=words
    )


def _problem_head(title: str, description: str) -> HeadMetadata:
    return HeadMetadata(title, description, "/", indexable=False, shareable=False)
