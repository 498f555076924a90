"""The page of an author: its models, what is new and what has gone."""

from handler.domain.catalog.catalog import Catalog
from handler.domain.previews.model_preview import (
    DESCRIPTION_BYTES,
    DESCRIPTION_CHARACTERS,
    TITLE_BYTES,
)
from handler.domain.search.describe import describe_ranges
from handler.domain.search.listing import ModelListing
from handler.domain.search.summary import NEW_DAYS, ModelRow
from handler.domain.text import collapse_whitespace, truncate
from handler.web.cards.content.listings import card_for_author
from handler.web.cards.url import card_image_for
from handler.web.http.response import CacheableResponse
from handler.web.pages.model_table import table_rows
from handler.web.rendering.json_ld import page_data, with_image
from handler.web.rendering.metadata import HeadMetadata
from handler.web.rendering.templates import Templates
from handler.web.urls import Representation, model_path


def author_page(
    templates: Templates, catalog: Catalog, overview: ModelListing, author: str, site_url: str
) -> CacheableResponse:
    """Return the page of an author that the catalog has."""
    rows = [row for row in overview.rows if row.author == author]
    listed = [row for row in rows if row.withdrawn is None]
    gone = [row for row in rows if row.withdrawn is not None]
    return templates.page(
        "author.html",
        _head(overview, author, listed, gone, site_url),
        site_url,
        catalog=catalog,
        sources=[catalog.list_source],
        author=author,
        author_name=overview.names.authors[author.lower()],
        ranges=describe_ranges(listed),
        listed=table_rows(listed),
        fresh=[row for row in listed if row.is_new],
        new_days=NEW_DAYS,
        gone=table_rows(sorted(gone, key=_withdrawal, reverse=True)),
    )


def _withdrawal(row: ModelRow) -> tuple[str, str]:
    return str(row.withdrawn), row.id


def _head(
    overview: ModelListing, author: str, listed: list[ModelRow], gone: list[ModelRow], site_url: str
) -> HeadMetadata:
    name = overview.names.authors[author.lower()]
    path = model_path(author)
    count = f"{len(listed)} {'model' if len(listed) == 1 else 'models'}"
    title = collapse_whitespace(f"AI models by {name}")
    facts = [count, describe_ranges(listed), f"{len(gone)} no longer listed" if gone else ""]
    names = ", ".join(row.title for row in listed[:6])
    words = ", ".join(filter(None, facts)) + (f". {names}" if names else "")
    title = truncate(title, TITLE_BYTES, TITLE_BYTES)
    description = truncate(collapse_whitespace(words), DESCRIPTION_CHARACTERS, DESCRIPTION_BYTES)
    card = card_image_for(path, card_for_author(overview, author))
    data = with_image(page_data(title, description, site_url + path), site_url + card.path)
    feed = Representation.FEED.url_for(path)
    return HeadMetadata(
        title, description, path, json_ld=data, card=card, feed=feed, indexable=bool(listed)
    )
