"""Files at the root of the site that programs look for."""

from handler.web.http.headers import NO_CACHE, PAGE_CACHE, TEXT
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse
from handler.web.site import Site


def asset_view(site: Site, request: Request) -> CacheableResponse:
    """Answer an icon or the web manifest."""
    return site.templates.asset(request.path.removeprefix("/"))


def health_view(site: Site, _request: Request) -> CacheableResponse:
    """Answer `/healthz`: 200 once a catalog is loaded."""
    catalog = site.catalog.get()
    text = f"ok\nsnapshot {catalog.version}\nas of {catalog.as_of.isoformat()}\n"
    return CacheableResponse(text.encode(), TEXT, NO_CACHE)


def robots_view(site: Site, _request: Request) -> CacheableResponse:
    """Answer `/robots.txt`."""
    from handler.web.files.robots import robots_text  # noqa: PLC0415 - the table of all crawlers

    text = robots_text(site.site_url, allow_ai_crawlers=site.allow_ai_crawlers)
    return CacheableResponse(text.encode(), TEXT, PAGE_CACHE)


def llms_view(site: Site, _request: Request) -> CacheableResponse:
    """Answer `/llms.txt`."""
    text = site.templates.render_text("llms.txt", site_url=site.site_url)
    return CacheableResponse(text.encode(), TEXT, PAGE_CACHE)
