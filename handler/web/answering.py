"""What every part of the site needs to answer: the catalog, the templates, the site_url, a cache."""

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.changelog import Changelog, build_changelog
from handler.domain.catalog.model_lookup import IndexEntry
from handler.services.catalog_cache import CachedCatalog
from handler.web.errors import not_found_page
from handler.web.http.conditional import apply_conditions
from handler.web.http.response import CacheableResponse
from handler.web.rendering.page_cache import PageCache
from handler.web.rendering.templates import Templates


class Answering:
    """A part of the site over one catalog. The parts share what was rendered of it."""

    def __init__(
        self,
        catalog: CachedCatalog,
        templates: Templates,
        site_url: str | None,
        rendered: PageCache,
    ) -> None:
        self._catalog = catalog
        self._templates = templates
        self._site_url = site_url
        self._rendered = rendered

    def _page(
        self,
        request: Request,
        catalog: Catalog,
        render: Callable[..., CacheableResponse],
        *about: Any,
    ) -> Response:
        """Answer what is made once for each catalog, by the names among what it is about."""
        site_url = self._site_url_of(request)
        names = (name for name in about if isinstance(name, str))
        document = self._rendered.get_or_render(
            catalog,
            (render.__name__, *names, site_url),
            lambda: render(self._templates, catalog, *about, site_url),
        )
        return self._reply(request, document)

    def _chronicle(self, catalog: Catalog) -> Changelog:
        """Return the past of a catalog, read once: it takes a look at every model."""
        return self._rendered.get_or_render(
            catalog, ("chronicle",), lambda: build_changelog(catalog)
        )

    def _missing(self, request: Request, candidates: tuple[IndexEntry, ...]) -> Response:
        address = request.scope["path"].removeprefix("/")
        document = not_found_page(self._templates, address, candidates, self._site_url_of(request))
        return self._reply(request, document)

    def _reply(self, request: Request, document: CacheableResponse) -> Response:
        headers = dict(request.headers.items())  # Starlette looks through all, time and again
        return apply_conditions(request.method, headers, document, self._templates.csp)

    def _site_url_of(self, request: Request) -> str:
        """Return the site_url of absolute URLs: as configured, else the API's own domain.

        Never the Host header: a poisoned one would be cached as everybody's `og:url`.
        """
        if self._site_url:
            return self._site_url
        return f"https://{request.scope['aws.event']['requestContext']['domainName']}"
