"""The overview of a catalog, made once for all that lists models."""

from handler.domain.catalog import Catalog
from handler.domain.selection import Overview, overview_of
from handler.web.rendered import Rendered


def overview_kept(rendered: Rendered, catalog: Catalog) -> Overview:
    """Return the overview of a catalog, from what is kept of it if it is there."""
    return rendered.get(catalog, ("overview",), lambda: overview_of(catalog))
