"""The overview of a catalog, made once for all that lists models."""

from handler.domain.catalog.catalog import Catalog
from handler.domain.search.listing import Overview, overview_of
from handler.web.rendering.page_cache import Rendered


def overview_kept(rendered: Rendered, catalog: Catalog) -> Overview:
    """Return the overview of a catalog, from what is kept of it if it is there."""
    return rendered.get(catalog, ("overview",), lambda: overview_of(catalog))
