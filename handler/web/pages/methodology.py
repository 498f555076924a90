"""The page about the data: its sources, derived fields and limits."""

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.provenance import SOURCES
from handler.web.cards.content.site import card_for_methodology
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse
from handler.web.pages.site_page import site_page_metadata
from handler.web.rendering.json_ld import dataset_data
from handler.web.site import Site


def methodology_view(site: Site, _request: Request) -> CacheableResponse:
    """Answer `/methodology`."""
    catalog = site.catalog.get()
    return site.pages.get_or_render(catalog, ("methodology",), lambda: _page(site, catalog))


def _page(site: Site, catalog: Catalog) -> CacheableResponse:
    head = site_page_metadata(
        "Methodology and data sources",
        "Where the models, prices and limits on this site come from, how derived fields are made, "
        "what they mean and what they do not.",
        "/methodology",
        site.site_url,
        card_for_methodology(catalog),
    )
    sources = [catalog.sources[name] for name in SOURCES if name in catalog.sources]
    urls = [source.url for source in sources]
    data = dataset_data(head.json_ld, site.site_url, catalog.as_of, urls)
    return site.templates.page(
        "methodology.html",
        head._replace(json_ld=data),
        site.site_url,
        catalog=catalog,
        sources=sources,
    )
