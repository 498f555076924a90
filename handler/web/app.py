"""The site as a function from a request to a response: its routes, and what errors become.

`respond` finds the route, calls its view, turns an error into a page, and applies conditions,
ranges and encodings. It never raises.
"""

import logging
from collections.abc import Callable, Sequence

from handler.domain.catalog.model_lookup import ModelMoved, ModelNotFound
from handler.domain.errors import InvalidParameter, SnapshotReplaced, StoreError
from handler.web.errors import (
    MethodNotAllowed,
    PathMoved,
    bad_request,
    internal_error,
    method_not_allowed,
    not_found,
    redirect_to_canonical,
    redirect_to_path,
    unavailable,
)
from handler.web.files.root_files import asset_view, health_view, llms_view
from handler.web.http.conditional import apply_conditions
from handler.web.http.headers import CROSS_ORIGIN_HEADERS, PREFLIGHT_HEADERS, TEXT
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse, Response
from handler.web.http.routing import Route, Router, load
from handler.web.pages.model.page import model_view
from handler.web.rendering.templates import ASSETS
from handler.web.site import Site

_EXPLORER = "handler.web.pages.explorer.page"
_CSV = "handler.web.pages.explorer.csv_export"
_COMPARE = "handler.web.pages.compare.page"
_FEED = "handler.web.files.atom_feed"
_SITEMAP = "handler.web.files.sitemap"
_CARDS = "handler.web.cards.views"
_MODEL_CARD = "handler.web.cards.model_view:model_card_view"
_EXPLORER_QUERY = "handler.domain.search.query:PARAMETERS"
_CHANGES_QUERY = "handler.domain.search.change_query:PARAMETERS"
_COMPARE_QUERY = "handler.domain.comparison.comparison:PARAMETERS"

# Images, feeds and data for pages of other sites.
_CROSS_ORIGIN_ROUTES: Sequence[Route] = (
    Route("/models.csv", f"{_CSV}:csv_view", f"{_CSV}:PARAMETERS"),
    Route("/card.png", f"{_CARDS}:explorer_card_view", _EXPLORER_QUERY),
    Route("/card-{hash}.png", f"{_CARDS}:explorer_card_view", _EXPLORER_QUERY),
    Route("/compare/card.png", f"{_CARDS}:compare_card_view", _COMPARE_QUERY),
    Route("/compare/card-{hash}.png", f"{_CARDS}:compare_card_view", _COMPARE_QUERY),
    Route("/changes/card.png", f"{_CARDS}:changes_card_view", _CHANGES_QUERY),
    Route("/changes/card-{hash}.png", f"{_CARDS}:changes_card_view", _CHANGES_QUERY),
    Route("/methodology/card.png", f"{_CARDS}:methodology_card_view"),
    Route("/methodology/card-{hash}.png", f"{_CARDS}:methodology_card_view"),
    Route("/api/card.png", f"{_CARDS}:api_card_view"),
    Route("/api/card-{hash}.png", f"{_CARDS}:api_card_view"),
    Route("/{author}/card.png", f"{_CARDS}:author_card_view"),
    Route("/{author}/card-{hash}.png", f"{_CARDS}:author_card_view"),
    Route("/{model}/card.png", _MODEL_CARD),
    Route("/{model}/card-{hash}.png", _MODEL_CARD),
    Route("/feed.xml", f"{_FEED}:site_feed", ("kind",)),
    Route("/{author}/feed.xml", f"{_FEED}:author_feed", ("kind",)),
    Route("/{model}/feed.xml", f"{_FEED}:model_feed", ("kind",)),
    Route("/{model}/badge.svg", "handler.web.files.badge:badge_view", ("show",)),
)

ROUTES: Sequence[Route] = (
    Route("/", f"{_EXPLORER}:explorer_view", _EXPLORER_QUERY),
    Route("/compare", f"{_COMPARE}:compare_view", _COMPARE_QUERY),
    Route("/changes", "handler.web.pages.changelog.page:changes_view", _CHANGES_QUERY),
    Route("/methodology", "handler.web.pages.methodology:methodology_view"),
    Route("/api", "handler.web.api.page:api_view"),
    Route("/healthz", health_view),
    Route("/robots.txt", "handler.web.files.robots:robots_view"),
    Route("/llms.txt", llms_view),
    Route("/sitemap.xml", f"{_SITEMAP}:sitemap_view"),
    Route("/sitemap-{number}.xml", f"{_SITEMAP}:sitemap_view"),
    *(Route(f"/{name}", asset_view) for name in ASSETS),
    *(route._replace(headers=CROSS_ORIGIN_HEADERS) for route in _CROSS_ORIGIN_ROUTES),
    Route("/{model}/preview", "handler.web.pages.inspector.page:inspector_view"),
    Route("/{model}.md", "handler.web.pages.model.markdown:markdown_view"),
    Route("/{author}", "handler.web.pages.author:author_view"),
    Route("/{model}", model_view),
)

ErrorView = Callable[[Site, Request, Route | None, Exception], CacheableResponse]

ERRORS: Sequence[tuple[type[Exception], ErrorView]] = (
    (ModelMoved, redirect_to_canonical),  # 308
    (PathMoved, redirect_to_path),  # 308
    (ModelNotFound, not_found),  # 404
    (MethodNotAllowed, method_not_allowed),  # 405
    (InvalidParameter, bad_request),  # 400
    (StoreError, unavailable),  # 503
    (Exception, internal_error),  # 500
)

_ROUTER = Router(ROUTES)
_PREFLIGHT = Response(204, PREFLIGHT_HEADERS, b"")
_LAST_RESORT = Response(
    500,
    (("cache-control", "no-store"), ("content-type", TEXT)),
    b"Something went wrong. Please try again in a minute.\n",
)

_log = logging.getLogger(__name__)


def is_api(path: str) -> bool:
    """Return whether the JSON API answers a path: all below `/api/` but its page's card."""
    path = path.rstrip("/") or "/"
    is_card = path.startswith("/api/card") and path.endswith(".png")
    return path.startswith("/api/") and not is_card


def is_api_request(request: Request) -> bool:
    """Return whether the API's application answers: a preflight is not worth importing it."""
    return is_api(request.path) and request.method != "OPTIONS"


def respond(site: Site, request: Request) -> Response:
    """Return the response to any request that `is_api_request` does not claim."""
    if is_api(request.path):
        return _PREFLIGHT
    try:
        match = _ROUTER.match(request.path)
        headers = match[0].headers if match else ()
        sent = apply_conditions(request, _respond(site, request, match), site.templates.csp)
        return sent._replace(headers=sent.headers + headers) if headers else sent
    except Exception:
        _log.exception("no error page could be made for %s %r", request.method, request.path)
        return _LAST_RESORT


def _respond(
    site: Site, request: Request, match: tuple[Route, tuple[str, ...]] | None
) -> CacheableResponse:
    route, values = match or (None, ())
    try:
        if request.method not in ("GET", "HEAD"):
            raise MethodNotAllowed(request.method)
        if route is None:
            raise ModelNotFound(request.path)
        if route.pattern == request.path.rstrip("/") != request.path:
            raise PathMoved(route.pattern)
        try:
            return _answer(site, request, route, values)
        except SnapshotReplaced:
            site.catalog.revalidate()
            return _answer(site, request, route, values)
    except Exception as error:
        handle = next(handle for kind, handle in ERRORS if isinstance(error, kind))
        return handle(site, request, route, error)


def _answer(
    site: Site, request: Request, route: Route, values: tuple[str, ...]
) -> CacheableResponse:
    """Return the response of a route's view, or a redirect where it has none for a pasted link."""
    view = load(route.view) if isinstance(route.view, str) else route.view
    try:
        return view(site, request, *values)
    except ModelNotFound:
        from handler.web.pasted_links import redirect_pasted  # noqa: PLC0415 - pages do without it

        redirect = redirect_pasted(_ROUTER, site, request)
        if redirect is None:
            raise
        return redirect
