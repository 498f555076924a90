"""Whether every part of a snapshot can be read, as a refresh asks before it writes one."""

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.changelog import load_changelog
from handler.domain.search.stored_listing import load_listing


def check_readable(catalog: Catalog) -> None:
    """Raise InvalidSnapshot if a part of a catalog cannot be read. No profile stays in memory."""
    for profile in catalog.profiles():
        catalog.index.named(profile.model.id.lower())
    load_listing(catalog)
    load_changelog(catalog)
    catalog.parts.refresh_data()
