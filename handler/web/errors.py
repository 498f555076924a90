"""Responses for requests that no view could answer: redirects, 404s and error pages."""

import logging
from urllib.parse import urlencode

from handler.domain.catalog.model_lookup import ModelMoved, ModelNotFound
from handler.domain.errors import InvalidParameter
from handler.domain.text import collapse_whitespace, truncate
from handler.web.http.headers import ERROR_CACHE, PAGE_CACHE, TEXT
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse
from handler.web.http.routing import Route, load
from handler.web.rendering.metadata import SITE_NAME, HeadMetadata
from handler.web.site import Site
from handler.web.urls import Representation, model_path, representation_query

_log = logging.getLogger(__name__)

_RETRY_SECONDS = 30
_MAX_SHOWN_CHARACTERS = 240
_MAX_PARAMS = 30

_MESSAGES = {
    405: ("Method not allowed", "This site answers GET and HEAD requests only."),
    500: ("Something went wrong", "We could not render this page. Please try again in a minute."),
    503: (
        "The catalog is still loading",
        f"{SITE_NAME} has no models to show yet. After a first deployment, loading them takes a "
        "minute or two. Please try again shortly.",
    ),
}
_HEADERS = {405: (("allow", "GET, HEAD"),), 503: (("retry-after", str(_RETRY_SECONDS)),)}


class PathMoved(Exception):
    """A path with a slash at its end means the same path of the site without: `path`."""

    def __init__(self, path: str) -> None:
        super().__init__(f"moved to {path}")
        self.path = path


class MethodNotAllowed(Exception):
    """The request is neither GET nor HEAD."""


def redirect_to_canonical(
    site: Site, request: Request, route: Route | None, error: Exception
) -> CacheableResponse:
    """Return a 308 to the same representation of the model or author that the path means.

    The redirect keeps the query parameters of that representation, where their values are valid.
    The card of an earlier content hash redirects to the current card. The URL is absolute: Lemmy
    follows no other.
    """
    if route is None or not isinstance(error, ModelMoved):
        raise TypeError(f"no redirect follows from {error!r}")
    _, _, rest = route.pattern.replace("-{hash}", "").partition("}")
    query = representation_query(request, route.query)
    url = site.site_url + model_path(error.name) + rest + query
    return _redirect(url)


def redirect_to_path(
    site: Site, request: Request, route: Route | None, error: Exception
) -> CacheableResponse:
    """Return a 308 to a path of the site, with the query parameters that its view reads."""
    if route is None or not isinstance(error, PathMoved):
        raise TypeError(f"no redirect follows from {error!r}")
    names = load(route.query) if isinstance(route.query, str) else route.query
    params = [pair for pair in request.params() if pair[0] in names][:_MAX_PARAMS]
    query = f"?{urlencode(params)}" if params else ""
    return _redirect(site.site_url + error.path + query)


def _redirect(url: str) -> CacheableResponse:
    body = f"Moved to {url}\n".encode()
    return CacheableResponse(body, TEXT, PAGE_CACHE, 308, (("location", url),))


def not_found(
    site: Site, request: Request, route: Route | None, error: Exception
) -> CacheableResponse:
    """Return the 404 of a path, with models whose ids are similar; an SVG for a badge."""
    if route and route.pattern.endswith(Representation.BADGE.value):
        from handler.web.files.badge import missing_badge  # noqa: PLC0415 - pages do without it

        return missing_badge(site.templates)
    suggestions = error.suggestions if isinstance(error, ModelNotFound) else ()
    near = [(model_path(entry.id), entry) for entry in suggestions]
    shown = _shorten(request.path.removeprefix("/"))
    head = _metadata("Model not found", "There is no model at this address.")
    return site.templates.error("missing.html", head, site.site_url, 404, address=shown, near=near)


def bad_request(
    site: Site, request: Request, route: Route | None, error: Exception
) -> CacheableResponse:
    """Return the 400 of a query parameter that means nothing: as text for a file, else a page."""
    if not isinstance(error, InvalidParameter):
        raise TypeError(f"no bad request follows from {error!r}")
    value = _shorten(error.value)
    message = f"The parameter {error.name} cannot be “{value}”. Valid values: {error.valid}."
    if route and route.pattern.endswith((".xml", ".csv")):
        return CacheableResponse(f"{message}\n".encode(), TEXT, ERROR_CACHE, 400)
    title = "Unknown filter"
    back = (request.path, "See all of them") if route else None
    return _problem_page(site, 400, title, message, back)


def method_not_allowed(site: Site, *_: object) -> CacheableResponse:
    """Return the 405 page."""
    return _error_page(site, 405)


def unavailable(site: Site, *_: object) -> CacheableResponse:
    """Return the 503 page: no snapshot has been read yet."""
    return _error_page(site, 503)


def internal_error(
    site: Site, request: Request, _route: Route | None, error: Exception
) -> CacheableResponse:
    """Return the 500 page, and log the traceback that it does not show."""
    _log.error("%s %r failed", request.method, request.path, exc_info=error)
    return _error_page(site, 500)


def _error_page(site: Site, status: int) -> CacheableResponse:
    title, message = _MESSAGES[status]
    return _problem_page(site, status, title, message)


def _problem_page(
    site: Site, status: int, title: str, message: str, back: tuple[str, str] | None = None
) -> CacheableResponse:
    """Return an error page; `back` is the path and text of a link."""
    head, headers = _metadata(title, message), _HEADERS.get(status, ())
    values = {"message": message, "back": back}
    return site.templates.error("problem.html", head, site.site_url, status, headers, **values)


def _shorten(text: str) -> str:
    """Return untrusted text in one line, fit for a sentence."""
    text = collapse_whitespace(text[:_MAX_SHOWN_CHARACTERS])
    return truncate(text, _MAX_SHOWN_CHARACTERS // 2, _MAX_SHOWN_CHARACTERS)


def _metadata(title: str, description: str) -> HeadMetadata:
    return HeadMetadata(title, description, "/", indexable=False, shareable=False)
