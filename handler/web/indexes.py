"""Indexes over the whole catalog, built once a snapshot. Not needed by a model's page."""

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.changelog import Changelog, build_changelog
from handler.domain.search.listing import ModelListing, build_listing
from handler.web.site import Site


def cached_listing(site: Site, catalog: Catalog) -> ModelListing:
    """Return the rows and facets of every model."""
    return site.pages.get_or_render(catalog, ("listing",), lambda: build_listing(catalog))


def cached_changelog(site: Site, catalog: Catalog) -> Changelog:
    """Return the changes of every model."""
    return site.pages.get_or_render(catalog, ("changelog",), lambda: build_changelog(catalog))
