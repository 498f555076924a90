"""Files at the root of the site that programs look for."""

from handler.web.http.headers import NO_CACHE, PAGE_CACHE, TEXT
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse
from handler.web.site import Site


def asset_view(site: Site, request: Request) -> CacheableResponse:
    """Answer an icon, the web manifest or the style sheet of feeds."""
    return site.templates.asset(request.path.removeprefix("/"))


def health_view(site: Site, _request: Request) -> CacheableResponse:
    """Answer `/healthz`: 200 once a catalog is loaded, 503 while parts of it cannot be read."""
    from handler.version import read_version  # noqa: PLC0415 - pages do without it

    catalog = site.catalog.get()
    damage = catalog.damage
    state = f"damaged, {damage}" if damage else "ok"
    lines = (state, f"snapshot {catalog.version}", f"as of {catalog.as_of.isoformat()}")
    text = "\n".join((*lines, f"code {read_version()}", ""))
    return CacheableResponse(text.encode(), TEXT, NO_CACHE, status=503 if damage else 200)


def llms_view(site: Site, _request: Request) -> CacheableResponse:
    """Answer `/llms.txt`."""
    text = site.templates.render_text("llms.txt", site_url=site.site_url)
    return CacheableResponse(text.encode(), TEXT, PAGE_CACHE)
