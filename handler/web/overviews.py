"""The overview of a catalog, made once for all that lists models."""

from handler.domain.catalog.catalog import Catalog
from handler.domain.search.listing import ModelListing, build_listing
from handler.web.rendering.page_cache import PageCache


def cached_listing(rendered: PageCache, catalog: Catalog) -> ModelListing:
    """Return the overview of a catalog, from what is kept of it if it is there."""
    return rendered.get_or_render(catalog, ("overview",), lambda: build_listing(catalog))
