"""The pages that are about no model: methodology, and what went wrong."""

from dataclasses import replace

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.provenance import SOURCES
from handler.web.cards.content.card_content import CardContent
from handler.web.cards.content.site import card_for_methodology
from handler.web.cards.url import card_image_for
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse
from handler.web.rendering.json_ld import dataset_data, page_data, with_image
from handler.web.rendering.metadata import HeadMetadata
from handler.web.rendering.templates import Templates
from handler.web.site import Site


def methodology_view(site: Site, request: Request) -> CacheableResponse:
    """Answer `/methodology`."""
    catalog = site.catalog.get()
    return site.pages.get_or_render(
        catalog,
        ("methodology",),
        lambda: methodology_page(site.templates, catalog, site.site_url),
    )


def methodology_page(templates: Templates, catalog: Catalog, site_url: str) -> CacheableResponse:
    """Return the page that says where everything comes from and what it means."""
    head = site_page_metadata(
        "Methodology and data sources",
        "Where the models, prices and limits on this site come from, how derived fields are made, "
        "what they mean and what they do not.",
        "/methodology",
        site_url,
        card_for_methodology(catalog),
    )
    known = [catalog.sources[name] for name in SOURCES if name in catalog.sources]
    data = dataset_data(head.json_ld, site_url, catalog.as_of, [s.url for s in known])
    head = replace(head, json_ld=data)
    return templates.page("methodology.html", head, site_url, catalog=catalog, sources=known)


def site_page_metadata(
    title: str, description: str, path: str, site_url: str, face: CardContent
) -> HeadMetadata:
    """Return the head of a page that is about no one model, with its card."""
    card = card_image_for(path, face)
    data = with_image(page_data(title, description, site_url + path), site_url + card.path)
    return HeadMetadata(title, description, path, json_ld=data, card=card)
