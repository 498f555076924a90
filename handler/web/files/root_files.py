"""What programs look for at the root of a site: robots.txt, llms.txt, sitemaps."""

from starlette.requests import Request
from starlette.responses import Response

from handler.domain.catalog.catalog import Catalog
from handler.services.catalog_cache import CachedCatalog
from handler.web.answering import Answering
from handler.web.files.sitemap import render_sitemap, sitemap_urls
from handler.web.http.headers import PAGE_CACHE, TEXT
from handler.web.http.response import CacheableResponse
from handler.web.rendering.page_cache import PageCache
from handler.web.rendering.templates import Templates


class Machines(Answering):
    """Answers the files at the root of the site that no person reads."""

    def __init__(
        self,
        catalog: CachedCatalog,
        templates: Templates,
        site_url: str | None,
        rendered: PageCache,
        *,
        allow_ai_crawlers: bool,
    ) -> None:
        super().__init__(catalog, templates, site_url, rendered)
        self._allow_ai_crawlers = allow_ai_crawlers

    async def robots(self, request: Request) -> Response:
        """Answer `/robots.txt`."""
        from handler.web.files.robots import robots_text  # noqa: PLC0415 - the table of every crawler

        text = robots_text(self._site_url_of(request), allow_ai_crawlers=self._allow_ai_crawlers)
        return self._reply(request, CacheableResponse(text.encode(), TEXT, PAGE_CACHE))

    async def llms(self, request: Request) -> Response:
        """Answer `/llms.txt`."""
        text = self._templates.render_text("llms.txt", site_url=self._site_url_of(request))
        return self._reply(request, CacheableResponse(text.encode(), TEXT, PAGE_CACHE))

    async def sitemap(self, request: Request) -> Response:
        """Answer `/sitemap.xml`, and `/sitemap-2.xml` where one is not enough."""
        number = str(request.path_params.get("number", ""))
        catalog, site_url = self._catalog.get(), self._site_url_of(request)
        document = self._rendered.get_or_render(
            catalog, ("sitemap", number, site_url), lambda: self._sitemap(catalog, number, site_url)
        )
        return self._reply(request, document) if document else self._missing(request, ())

    def _sitemap(self, catalog: Catalog, number: str, site_url: str) -> CacheableResponse | None:
        pages = sitemap_urls(catalog, self._chronicle(catalog))
        return render_sitemap(self._templates, pages, site_url, number)
