"""The ASGI application: which address is answered by which page, and what errors become.

A request goes: route → current catalog → document (rendered once for each snapshot and site_url) →
reply (method, conditions, ranges, encodings).
"""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.model_lookup import ExactMatch, ModelMoved, ModelNotFound
from handler.domain.errors import StoreError
from handler.services.catalog_cache import CachedCatalog
from handler.web.answering import Answering
from handler.web.cards.cache import render_card_cached
from handler.web.cards.content.card_content import CardContent, content_hash
from handler.web.cards.content.model import card_for_profile
from handler.web.cards.content.site import SITE_CARDS
from handler.web.errors import error_page, permanent_redirect
from handler.web.files.root_files import Machines
from handler.web.http.conditional import is_not_modified
from handler.web.http.headers import IMMUTABLE_CACHE, NO_CACHE, PAGE_CACHE, PNG, TEXT
from handler.web.http.response import CacheableResponse
from handler.web.lazy_api import LazyApi
from handler.web.pages.methodology import methodology_page
from handler.web.pages.model.page import model_page
from handler.web.rendering.page_cache import PageCache
from handler.web.rendering.templates import ASSETS, Templates
from handler.web.routing import Fixed, make_strict
from handler.web.urls import (
    ExplorerUrl,
    Representation,
    RepresentationPath,
    model_path,
    parse_representation,
)

if TYPE_CHECKING:
    from handler.web.listings import Listings

Application = Starlette
"""What `create_app` makes, for those who need not know the framework."""


class Site(Answering):
    """The pages over one catalog. Every public method answers the requests of one route."""

    async def explorer(self, request: Request) -> Response:
        """Answer `/`."""
        return self._listings().explorer(request)

    async def export_csv(self, request: Request) -> Response:
        """Answer `/models.csv`."""
        return self._listings().export_csv(request)

    async def compare(self, request: Request) -> Response:
        """Answer `/compare`."""
        return self._listings().compare(request)

    async def methodology(self, request: Request) -> Response:
        """Answer `/methodology`."""
        return self._page(request, self._catalog.get(), methodology_page)

    async def asset(self, request: Request) -> Response:
        """Answer an icon or the web manifest."""
        return self._reply(request, self._templates.asset(request.scope["path"].strip("/")))

    async def health(self, request: Request) -> Response:
        """Answer `/healthz`: 200 once a catalog is loaded."""
        catalog = self._catalog.get()
        words = f"ok\nsnapshot {catalog.version}\nas of {catalog.as_of.isoformat()}\n"
        return self._reply(request, CacheableResponse(words.encode(), TEXT, NO_CACHE))

    async def address(self, request: Request) -> Response:
        """Answer every other address: a model's page, what is beside one, or a 404."""
        catalog = self._catalog.get()
        path = request.scope["path"].removeprefix("/")
        asked = None if catalog.__contains__(path) else parse_representation(path)
        if asked and asked.what is Representation.CARD:
            return self._card(request, catalog, asked)
        if asked and (answer := self._beside(request, catalog, asked)):
            return answer
        if _is_one_segment(path) and (answer := self._listings().author(request, catalog, path)):
            return answer
        meant = catalog.resolve(path)
        if isinstance(meant, ExactMatch):
            return self._page(request, catalog, model_page, meant.id)
        if isinstance(meant, ModelMoved):
            return self._reply(
                request, permanent_redirect(model_path(meant.id), self._site_url_of(request))
            )
        return self._missing(request, meant.suggestions)

    async def failed(self, request: Request, error: Exception) -> Response:
        """Answer what no page could: no catalog yet, a method we do not have, or our own fault."""
        status = 503 if isinstance(error, StoreError) else getattr(error, "status_code", 500)
        if status == 404:  # no path at all, such as the "*" of OPTIONS
            if request.method in ("GET", "HEAD"):
                return self._missing(request, ())
            status = 405
        return self._reply(request, error_page(self._templates, status, self._site_url_of(request)))

    def _card(self, request: Request, catalog: Catalog, card: RepresentationPath) -> Response:
        """Answer a picture. One of an older version is that of today: shared links keep theirs."""
        face = self._face(request, catalog, card.page)
        if isinstance(face, ModelMoved):
            moved = permanent_redirect(
                Representation.CARD.url_for(model_path(face.id)), self._site_url_of(request)
            )
            return self._reply(request, moved)
        if isinstance(face, ModelNotFound):
            return self._missing(request, ())
        tag = content_hash(face)
        undrawn = CacheableResponse(
            b"", PNG, IMMUTABLE_CACHE if card.version == tag else PAGE_CACHE, etag_source=tag
        )
        if is_not_modified(request.headers, undrawn):
            return self._reply(request, undrawn)
        return self._reply(request, replace(undrawn, body=render_card_cached(face)))

    def _beside(
        self, request: Request, catalog: Catalog, asked: RepresentationPath
    ) -> Response | None:
        from handler.web.beside_pages import BesidePages  # noqa: PLC0415 - no cold page needs them

        parts = self._catalog, self._templates, self._site_url, self._rendered
        return BesidePages(*parts).answer(request, catalog, asked)

    def _listings(self) -> "Listings":
        from handler.web.listings import Listings  # noqa: PLC0415 - no cold page needs them

        return Listings(self._catalog, self._templates, self._site_url, self._rendered)

    def _face(
        self, request: Request, catalog: Catalog, page: str
    ) -> CardContent | ModelMoved | ModelNotFound:
        """Return what the card of a page shows."""
        if page in SITE_CARDS:
            return self._rendered.get_or_render(
                catalog, ("face", page), lambda: SITE_CARDS[page](catalog)
            )
        if _is_one_segment(page):
            return self._listings().face(request, catalog, page)
        found = catalog.resolve(page)
        return (
            card_for_profile(catalog.profile(found.id)) if isinstance(found, ExactMatch) else found
        )


def _is_one_segment(path: str) -> bool:
    return "/" not in path.rstrip("/")


def create_app(
    catalog: CachedCatalog,
    templates: Path,
    site_url: str | None,
    *,
    explorer_url: str = "/",
    allow_ai_crawlers: bool = True,
    contact_url: str | None = None,
) -> Application:
    """Return the application; `site_url` is the site_url of absolute URLs, if one is configured.

    `explorer_url` is where pages lead who wants to see all models, see ExplorerUrl.
    `allow_ai_crawlers` is what robots.txt tells those that read for language models, `contact_url` where
    a wrong number may be reported.
    """
    place = ExplorerUrl(explorer_url)
    parts = catalog, Templates(templates, place, contact_url), site_url, PageCache()
    site, machines = Site(*parts), Machines(*parts, allow_ai_crawlers=allow_ai_crawlers)
    api = LazyApi(*parts)
    fixed = [
        Route("/", site.explorer),
        Route("/models.csv", site.export_csv),
        Route("/compare", site.compare),
        Route("/methodology", site.methodology),
        Route("/robots.txt", machines.robots),
        Route("/llms.txt", machines.llms),
        Route("/sitemap.xml", machines.sitemap),
        *(Route(f"/{name}", site.asset) for name in ASSETS),
        Route("/healthz", site.health),
        Route("/api", api),
    ]
    app = Starlette(
        routes=[
            Fixed(fixed),
            Route("/sitemap-{number}.xml", machines.sitemap),
            # The card of the API's page is drawn without the API.
            Route("/api/{card:str}.png", site.address),
            Mount("/api", api),
            Route("/{address:path}", site.address),
        ],
        exception_handlers={StoreError: site.failed, HTTPException: site.failed, 500: site.failed},
    )
    app.router.redirect_slashes = False
    make_strict(app.routes)
    return app
