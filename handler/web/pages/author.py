"""The page of an author: its models, the new ones, and those no longer listed."""

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.model_lookup import ModelMoved, ModelNotFound
from handler.domain.previews.model_preview import (
    DESCRIPTION_BYTES,
    DESCRIPTION_CHARACTERS,
    TITLE_BYTES,
)
from handler.domain.search.describe import describe_ranges
from handler.domain.search.listing import ModelListing
from handler.domain.search.summary import NEW_DAYS, ModelRow
from handler.domain.text import collapse_whitespace, truncate
from handler.web.cards.content.card_content import card_image_for
from handler.web.cards.content.listings import card_for_author
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse
from handler.web.indexes import cached_listing
from handler.web.pages.model_table import table_rows
from handler.web.rendering.json_ld import page_data, with_image
from handler.web.rendering.metadata import HeadMetadata
from handler.web.rendering.templates import Templates
from handler.web.site import Site
from handler.web.urls import Representation, model_path

_MAX_NAMES = 6


def author_view(site: Site, _request: Request, path: str) -> CacheableResponse:
    """Answer the page of an author; a path of one segment may also be a model's alias."""
    catalog = site.catalog.get()
    try:
        author = catalog.find_author(path)
    except ModelNotFound:
        raise ModelMoved(catalog.resolve(path)) from None
    return site.pages.get_or_render(
        catalog,
        ("author", author),
        lambda: author_page(
            site.templates, catalog, cached_listing(site, catalog), author, site.site_url
        ),
    )


def author_page(
    templates: Templates, catalog: Catalog, listing: ModelListing, author: str, site_url: str
) -> CacheableResponse:
    """Return the page of one of the catalog's authors."""
    rows = [row for row in listing.rows if row.author == author]
    listed = [row for row in rows if row.withdrawn is None]
    withdrawn = [row for row in rows if row.withdrawn is not None]
    return templates.page(
        "author.html",
        _head(listing, author, listed, withdrawn, site_url),
        site_url,
        catalog=catalog,
        sources=[catalog.list_source],
        author=author,
        author_name=listing.names.authors[author.lower()],
        ranges=describe_ranges(listed),
        listed=table_rows(listed),
        new=[row for row in listed if row.is_new],
        new_days=NEW_DAYS,
        withdrawn=table_rows(sorted(withdrawn, key=_withdrawal, reverse=True)),
    )


def _withdrawal(row: ModelRow) -> tuple[str, str]:
    return str(row.withdrawn), row.id


def _head(
    listing: ModelListing,
    author: str,
    listed: list[ModelRow],
    withdrawn: list[ModelRow],
    site_url: str,
) -> HeadMetadata:
    path = model_path(author)
    title = collapse_whitespace(f"AI models by {listing.names.authors[author.lower()]}")
    title = truncate(title, TITLE_BYTES, TITLE_BYTES)
    description = _description(listed, withdrawn)
    card = card_image_for(path, card_for_author(listing, author))
    data = with_image(page_data(title, description, site_url + path), site_url + card.path)
    feed = Representation.FEED.url_for(path)
    return HeadMetadata(
        title, description, path, json_ld=data, card=card, feed=feed, indexable=bool(listed)
    )


def _description(listed: list[ModelRow], withdrawn: list[ModelRow]) -> str:
    facts = [
        f"{len(listed)} {'model' if len(listed) == 1 else 'models'}",
        describe_ranges(listed),
        f"{len(withdrawn)} no longer listed" if withdrawn else "",
    ]
    names = ", ".join(row.title for row in listed[:_MAX_NAMES])
    text = ". ".join(filter(None, [", ".join(filter(None, facts)), names]))
    return truncate(collapse_whitespace(text), DESCRIPTION_CHARACTERS, DESCRIPTION_BYTES)
