"""The page of an author: its models, and those no longer listed."""

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.model_lookup import ModelMoved, ModelNotFound
from handler.domain.search.describe import describe_ranges
from handler.domain.search.summary import NEW_DAYS, ModelRow
from handler.web.cards.content.listings import card_for_author
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse
from handler.web.indexes import cached_listing
from handler.web.pages.model_table import STYLESHEET, table_rows
from handler.web.pages.site_page import site_page_metadata
from handler.web.site import Site
from handler.web.urls import Representation, model_path

_MAX_NAMES = 6
_MAX_ROWS = 400  # of each table; the explorer has all


def author_view(site: Site, _request: Request, path: str) -> CacheableResponse:
    """Answer the page of an author; a path of one segment may also be a model's alias."""
    catalog = site.catalog.get()
    try:
        author = catalog.find_author(path)
    except ModelNotFound:
        raise ModelMoved(catalog.resolve(path)) from None
    return site.pages.get_or_render(
        catalog, ("author", author), lambda: _page(site, catalog, author)
    )


def _page(site: Site, catalog: Catalog, author: str) -> CacheableResponse:
    listing, path = cached_listing(site, catalog), model_path(author)
    rows = [row for row in listing.rows if row.author == author]
    listed = [row for row in rows if row.withdrawn is None]
    withdrawn = sorted((row for row in rows if row.withdrawn), key=_withdrawal, reverse=True)
    name, ranges = listing.names.authors[author.lower()], describe_ranges(listed)
    feed = Representation.FEED.url_for(path)
    head = site_page_metadata(
        f"AI models by {name}",
        _description(listed, ranges, len(withdrawn)),
        path,
        site.site_url,
        card_for_author(listing, author),
    )
    return site.templates.page(
        "author.html",
        head._replace(feed=feed, indexable=bool(listed)),
        site.site_url,
        stylesheet=STYLESHEET,
        feed=feed,
        catalog=catalog,
        sources=[catalog.list_source],
        author=author,
        author_name=name,
        ranges=ranges,
        count=len(listed),
        listed=table_rows(listed[:_MAX_ROWS]),
        unlisted=len(listed[_MAX_ROWS:]),
        new_count=sum(row.is_new for row in listed),
        new_days=NEW_DAYS,
        withdrawn=table_rows(withdrawn[:_MAX_ROWS]),
        unlisted_withdrawn=len(withdrawn[_MAX_ROWS:]),
    )


def _withdrawal(row: ModelRow) -> tuple[str, str]:
    return str(row.withdrawn), row.id


def _description(listed: list[ModelRow], ranges: str, withdrawn_count: int) -> str:
    count = f"{len(listed)} {'model' if len(listed) == 1 else 'models'}"
    withdrawn = f"{withdrawn_count} no longer listed" if withdrawn_count else ""
    facts = ", ".join(filter(None, [count, ranges, withdrawn]))
    names = ", ".join(row.title for row in listed[:_MAX_NAMES])
    return f"{facts}. {names}" if names else facts
