"""What pages about several models read of a snapshot, parsed once. No model's page needs it."""

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.changelog import Changelog, load_changelog
from handler.domain.search.listing import ModelListing
from handler.domain.search.near_words import NearWords
from handler.domain.search.stored_listing import load_listing
from handler.web.site import Site


def cached_listing(site: Site, catalog: Catalog) -> ModelListing:
    """Return the rows and facets of every model."""
    return site.pages.get_or_render(catalog, ("listing",), lambda: load_listing(catalog))


def cached_near_words(site: Site, catalog: Catalog) -> NearWords:
    """Return the words of all names, for near misses."""
    listing = cached_listing(site, catalog)
    return site.pages.get_or_render(catalog, ("near words",), lambda: NearWords(listing))


def cached_changelog(site: Site, catalog: Catalog) -> Changelog:
    """Return the changes of every model."""
    return site.pages.get_or_render(catalog, ("changelog",), lambda: load_changelog(catalog))
