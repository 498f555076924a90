"""The ASGI application: which address is answered by which page, and what errors become.

A request goes: route → current catalog → document (rendered once for each snapshot and origin) →
reply (method, conditions, ranges, encodings).
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from handler.domain.addresses import Entry, Found, Moved, Unknown
from handler.domain.catalog import Catalog
from handler.domain.comparison import comparison_of
from handler.domain.errors import StoreError
from handler.domain.query import Query, query_of
from handler.domain.selection import Overview, author_meant, overview_of, selected
from handler.services.freshness import FreshCatalog
from handler.web.author_page import author_page
from handler.web.card_address import CardAddress, card_asked_for
from handler.web.cards.face import hash_of
from handler.web.cards.gallery import drawn
from handler.web.compare_page import compare_page
from handler.web.documents import FOR_GOOD, LIVE, PAGE, PNG, TEXT, Document
from handler.web.explorer_page import explorer_page
from handler.web.lazy_api import LazyApi
from handler.web.model_page import model_page
from handler.web.models_file import models_file
from handler.web.page_faces import face_at
from handler.web.rendered import Rendered
from handler.web.replies import is_known, reply, reply_undrawn
from handler.web.site_pages import (
    methodology_page,
    missing_page,
    problem_page,
    redirection,
)
from handler.web.templating import ASSETS, Templates
from handler.web.words import path_of

Application = Starlette
"""What `create_app` makes, for those who need not know the framework."""

_ROBOTS = "User-agent: *\nAllow: /\n"


class Site:
    """The pages over one catalog. Every public method answers the requests of one route."""

    def __init__(self, catalog: FreshCatalog, templates: Templates, site_url: str | None) -> None:
        self._catalog = catalog
        self._templates = templates
        self._site_url = site_url
        self._rendered = Rendered()

    async def index(self, request: Request) -> Response:
        """Answer `/`: every model, or those that the query means."""
        catalog, query = self._catalog.current(), query_of(_pairs(request))
        about = (self._overview(catalog), query)
        if query == Query():
            return self._page(request, catalog, explorer_page, *about)
        document = explorer_page(self._templates, catalog, *about, self._origin(request))
        return self._reply(request, document)

    async def models_file(self, request: Request) -> Response:
        """Answer `/models.csv`: what `/` shows for the same query, all pages of it."""
        overview = self._overview(self._catalog.current())
        return self._reply(request, models_file(selected(overview.rows, query_of(_pairs(request)))))

    async def compare(self, request: Request) -> Response:
        """Answer `/compare`."""
        catalog, origin = self._catalog.current(), self._origin(request)
        comparison = comparison_of(_pairs(request), catalog)
        return self._reply(request, compare_page(self._templates, catalog, comparison, origin))

    async def methodology(self, request: Request) -> Response:
        """Answer `/methodology`."""
        return self._page(request, self._catalog.current(), methodology_page)

    async def robots(self, request: Request) -> Response:
        """Answer `/robots.txt`."""
        return self._reply(request, Document(_ROBOTS.encode(), TEXT, PAGE))

    async def asset(self, request: Request) -> Response:
        """Answer an icon or the web manifest."""
        return self._reply(request, self._templates.asset(request.scope["path"].strip("/")))

    async def health(self, request: Request) -> Response:
        """Answer `/healthz`: 200 once a catalog is loaded."""
        catalog = self._catalog.current()
        words = f"ok\nsnapshot {catalog.version}\nas of {catalog.as_of.isoformat()}\n"
        return self._reply(request, Document(words.encode(), TEXT, LIVE))

    async def address(self, request: Request) -> Response:
        """Answer every other address: a model's page, a card, the way to one, or a 404."""
        catalog = self._catalog.current()
        path = request.scope["path"].removeprefix("/")
        card = None if catalog.has(path) else card_asked_for(path)
        if card:
            return self._card(request, catalog, card)
        author = author_meant(self._overview(catalog), path) if _is_one_segment(path) else None
        if isinstance(author, Found):
            about = (self._overview(catalog), author.id)
            return self._page(request, catalog, author_page, *about)
        meant = author or catalog.resolve(path)
        if isinstance(meant, Found):
            return self._page(request, catalog, model_page, meant.id)
        if isinstance(meant, Moved):
            return self._reply(request, redirection(path_of(meant.id), self._origin(request)))
        return self._missing(request, meant.candidates)

    async def failed(self, request: Request, error: Exception) -> Response:
        """Answer what no page could: no catalog yet, a method we do not have, or our own fault."""
        status = 503 if isinstance(error, StoreError) else getattr(error, "status_code", 500)
        if status == 404:  # a path that the router's own patterns do not match, such as "/a\nb"
            return self._missing(request, ())
        return self._reply(request, problem_page(self._templates, status, self._origin(request)))

    def _card(self, request: Request, catalog: Catalog, card: CardAddress) -> Response:
        """Answer a picture. One of an older version is that of today: shared links keep theirs."""
        face = face_at(catalog, lambda: self._overview(catalog), card.page, _pairs(request))
        if isinstance(face, Moved):
            moved = redirection(f"{path_of(face.id)}/card.png", self._origin(request))
            return self._reply(request, moved)
        if isinstance(face, Unknown):
            return self._missing(request, ())
        tag = hash_of(face)
        undrawn = Document(b"", PNG, FOR_GOOD if card.version == tag else PAGE, tag=tag)
        if request.method == "HEAD" or is_known(request.headers, undrawn):
            return reply_undrawn(request.headers, undrawn, self._templates.csp)
        return self._reply(request, replace(undrawn, body=drawn(face)))

    def _overview(self, catalog: Catalog) -> Overview:
        return self._rendered.get(catalog, ("overview",), lambda: overview_of(catalog))

    def _missing(self, request: Request, candidates: tuple[Entry, ...]) -> Response:
        address = request.scope["path"].removeprefix("/")
        document = missing_page(self._templates, address, candidates, self._origin(request))
        return self._reply(request, document)

    def _page(
        self, request: Request, catalog: Catalog, render: Callable[..., Document], *about: Any
    ) -> Response:
        """Answer what is made once for each catalog, by the ids among what it is about."""
        origin = self._origin(request)
        names = (name for name in about if isinstance(name, str))
        document = self._rendered.get(
            catalog,
            (render.__name__, *names, origin),
            lambda: render(self._templates, catalog, *about, origin),
        )
        return self._reply(request, document)

    def _reply(self, request: Request, document: Document) -> Response:
        return reply(request.method, request.headers, document, self._templates.csp)

    def _origin(self, request: Request) -> str:
        """Return the origin of absolute URLs: as configured, else the API's own domain.

        Never the Host header: a poisoned one would be cached as everybody's `og:url`.
        """
        if self._site_url:
            return self._site_url
        return f"https://{request.scope['aws.event']['requestContext']['domainName']}"


def _pairs(request: Request) -> list[tuple[str, str]]:
    return request.query_params.multi_items()


def _is_one_segment(path: str) -> bool:
    return "/" not in path.rstrip("/")


def create_app(catalog: FreshCatalog, templates: Path, site_url: str | None) -> Application:
    """Return the application; `site_url` is the origin of absolute URLs, if one is configured."""
    site = Site(catalog, Templates(templates), site_url)
    app = Starlette(
        routes=[
            Route("/", site.index),
            Route("/models.csv", site.models_file),
            Route("/compare", site.compare),
            Route("/methodology", site.methodology),
            Route("/robots.txt", site.robots),
            *(Route(f"/{name}", site.asset) for name in ASSETS),
            Route("/healthz", site.health),
            Mount("/api", LazyApi(catalog)),
            Route("/{address:path}", site.address),
        ],
        exception_handlers={StoreError: site.failed, HTTPException: site.failed, 500: site.failed},
    )
    app.router.redirect_slashes = False
    return app
