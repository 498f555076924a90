"""Sitemaps (sitemaps.org): every page to be indexed, with the date of its last change."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from handler.domain.catalog.model_lookup import ModelNotFound
from handler.domain.search.listing import ModelListing
from handler.web.http.headers import PAGE_CACHE, XML
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse
from handler.web.indexes import cached_listing
from handler.web.rendering.templates import Templates
from handler.web.site import Site
from handler.web.urls import model_path

MAX_URLS = 10_000  # Lambda sends 6 MB; sitemaps.org allows 50,000 URLs


class SitemapUrl(NamedTuple):
    """The path of a page, and when its subject last changed, None where that is not tracked."""

    path: str
    changed: datetime | None


def sitemap_view(site: Site, request: Request, number: str = "") -> CacheableResponse:
    """Answer `/sitemap.xml`, and `/sitemap-2.xml` where one is not enough."""
    catalog = site.catalog.get()

    def render() -> CacheableResponse | None:
        urls = sitemap_urls(cached_listing(site, catalog))
        return render_sitemap(site.templates, urls, site.site_url, number)

    sitemap = site.pages.get_or_render(catalog, ("sitemap", number), render)
    if sitemap is None:
        raise ModelNotFound(request.path)
    return sitemap


def sitemap_urls(listing: ModelListing) -> list[SitemapUrl]:
    """Return the pages to index. A refresh that changes nothing changes no date."""
    newest = max((row.changed for row in listing.rows), default=None)
    return [
        SitemapUrl("/", newest),
        SitemapUrl("/changes", newest),
        SitemapUrl("/methodology", None),
        SitemapUrl("/api", None),
        *_author_urls(listing),
        *(SitemapUrl(model_path(row.id), row.changed) for row in listing.listed()),
    ]


def render_sitemap(
    templates: Templates,
    urls: Sequence[SitemapUrl],
    site_url: str,
    number: str,
    max_urls: int = MAX_URLS,
) -> CacheableResponse | None:
    """Return the sitemap, or the part with a number: None where there is no such part.

    More than `max_urls` URLs are split into parts, and the sitemap is an index of them.
    """
    parts = [urls[start : start + max_urls] for start in range(0, len(urls), max_urls)]
    if not number and len(parts) > 1:
        dates = [max((u.changed for u in part if u.changed), default=None) for part in parts]
        return _render(templates, "sitemap_index.xml", site_url, parts=dates)
    numbered = {str(n): part for n, part in enumerate(parts, 1)} if len(parts) > 1 else {"": urls}
    if number not in numbered:
        return None
    return _render(templates, "sitemap.xml", site_url, pages=numbered[number])


def _author_urls(listing: ModelListing) -> Iterator[SitemapUrl]:
    """Yield the page of each author with a listed model.

    It changed when any of the author's models did, a withdrawn one too.
    """
    newest: dict[str, datetime] = {}
    for row in listing.rows:
        newest[row.author] = max(row.changed, newest.get(row.author, row.changed))
    authors = dict.fromkeys(row.author for row in listing.listed())
    return (SitemapUrl(model_path(author), newest[author]) for author in authors)


def _render(templates: Templates, name: str, site_url: str, **values: object) -> CacheableResponse:
    text = templates.render_text(name, site_url=site_url, **values)
    return CacheableResponse(text.encode(), XML, PAGE_CACHE)
