"""Sitemaps (sitemaps.org): every page that asks to be indexed, and when what it tells changed."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.changelog import Changelog
from handler.domain.catalog.model import author_of
from handler.domain.catalog.model_lookup import ModelNotFound
from handler.web.http.headers import PAGE_CACHE, XML
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse
from handler.web.indexes import changelog
from handler.web.rendering.templates import Templates
from handler.web.site import Site
from handler.web.urls import model_path

MAX_URLS = 20_000  # sitemaps.org allows 50,000, and 50 MB


class SitemapUrl(NamedTuple):
    """A page, and when what it is about last changed: None where nobody keeps account of it."""

    path: str
    changed: datetime | None


def sitemap_view(site: Site, request: Request, number: str = "") -> CacheableResponse:
    """Answer `/sitemap.xml`, and `/sitemap-2.xml` where one is not enough."""
    catalog = site.catalog.get()

    def render() -> CacheableResponse | None:
        urls = sitemap_urls(catalog, changelog(site, catalog))
        return sitemap_document(site.templates, urls, site.site_url, number)

    sitemap = site.pages.get_or_render(catalog, ("sitemap", number), render)
    if sitemap is None:
        raise ModelNotFound(request.path)
    return sitemap


def sitemap_urls(catalog: Catalog, chronicle: Changelog) -> list[SitemapUrl]:
    """Return the pages to index. A refresh that changes nothing changes no date."""
    changed = chronicle.last_change()
    newest = max(changed.values(), default=chronicle.since)
    models = [
        SitemapUrl(model_path(entry.id), changed.get(entry.id, chronicle.since))
        for entry in catalog.entries
        if not entry.withdrawn
    ]
    others = [SitemapUrl("/", newest), SitemapUrl("/methodology", None), SitemapUrl("/api", None)]
    return [*others, *_authors(catalog, chronicle), *models]


def sitemap_document(
    templates: Templates,
    pages: Sequence[SitemapUrl],
    site_url: str,
    number: str,
    most: int = MAX_URLS,
) -> CacheableResponse | None:
    """Return the sitemap, or with a number one of its parts; None where there is no such part.

    More pages than `most` are listed in parts, and the sitemap is an index of these.
    """
    parts = [pages[start : start + most] for start in range(0, len(pages), most)]
    if not number and len(parts) > 1:
        return _document(
            templates, "sitemap_index.xml", site_url, parts=[_newest(p) for p in parts]
        )
    numbered = {str(n): part for n, part in enumerate(parts, 1)} if len(parts) > 1 else {"": pages}
    if number not in numbered:
        return None
    return _document(templates, "sitemap.xml", site_url, pages=numbered[number])


def _authors(catalog: Catalog, chronicle: Changelog) -> Iterator[SitemapUrl]:
    """Yield the page of each author of a listed model: it changed when any of theirs did."""
    changed = chronicle.last_change()
    newest: dict[str, datetime] = {}
    for entry in catalog.entries:
        author, moment = author_of(entry.id), changed.get(entry.id, chronicle.since)
        newest[author] = max(moment, newest.get(author, moment))
    authors = dict.fromkeys(author_of(entry.id) for entry in catalog.entries if not entry.withdrawn)
    return (SitemapUrl(model_path(author), newest[author]) for author in authors)


def _newest(pages: Sequence[SitemapUrl]) -> datetime | None:
    return max((page.changed for page in pages if page.changed), default=None)


def _document(
    templates: Templates, name: str, site_url: str, **values: object
) -> CacheableResponse:
    return CacheableResponse(
        templates.render_text(name, site_url=site_url, **values).encode(), XML, PAGE_CACHE
    )
