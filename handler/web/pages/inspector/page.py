"""The preview inspector: how platforms show a link to a model, and why.

It renders the model's own page and applies the known rules of each crawler. Nothing is fetched.
"""

from urllib.parse import quote, urlsplit

from handler.domain.catalog.catalog import Catalog
from handler.domain.previews.discord_view import parse_embed
from handler.domain.previews.model_preview import (
    DESCRIPTION_BYTES,
    DESCRIPTION_CHARACTERS,
    TITLE_BYTES,
)
from handler.domain.previews.unfurl.fetched_page import FetchedPage
from handler.domain.previews.unfurl.page_metadata import PageMetadata, parse_page_metadata
from handler.domain.text import truncate
from handler.web.cards.content.card_content import card_image_for
from handler.web.cards.content.model import card_for_profile
from handler.web.cards.response import render_card_cached
from handler.web.http.headers import PNG
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse
from handler.web.pages.inspector.results import evaluate_crawlers, platform_previews, tag_markup
from handler.web.pages.model.page import model_page
from handler.web.rendering.json_ld import page_data, with_image
from handler.web.rendering.metadata import CARD_HEIGHT, CARD_WIDTH, CardImage, HeadMetadata
from handler.web.rendering.templates import Templates
from handler.web.site import Site
from handler.web.urls import Representation, model_path

_DEBUGGERS = (
    ("Facebook’s Sharing Debugger", "https://developers.facebook.com/tools/debug/?q={}"),
    ("LinkedIn’s Post Inspector", "https://www.linkedin.com/post-inspector/inspect/{}"),
)
_STYLESHEET = "inspector.css"


def inspector_view(site: Site, _request: Request, model: str) -> CacheableResponse:
    """Answer how platforms show a link to a model."""
    catalog = site.catalog.get()
    model_id = catalog.find(model)
    return site.pages.get_or_render(
        catalog,
        ("preview", model_id),
        lambda: _inspector_page(site.templates, catalog, model_id, site.site_url),
    )


def _inspector_page(
    templates: Templates, catalog: Catalog, model_id: str, site_url: str
) -> CacheableResponse:
    page = model_page(templates, catalog, model_id, site_url)
    path, profile = model_path(model_id), catalog.profile(model_id)
    card = card_for_profile(profile, catalog.as_of, catalog.price_scales)
    url = site_url + path
    fetched_page = FetchedPage(url, page.status, {"content-type": page.content_type}, page.body)
    png = render_card_cached(card)
    card_headers = {"content-type": PNG, "content-length": str(len(png))}
    fetched_card = FetchedPage(url, 200, card_headers, png)
    metadata = parse_page_metadata(page.body)
    results = evaluate_crawlers(fetched_page, fetched_card)
    return templates.page(
        "inspector.html",
        _head(metadata, path, card_image_for(path, card), site_url),
        site_url,
        stylesheet=_STYLESHEET,
        page_path=path,
        metadata=metadata,
        host=urlsplit(site_url).netloc,
        results=results,
        previews=platform_previews(results, fetched_card),
        embed=parse_embed(metadata.embed) if metadata.embed else None,
        card_size=(CARD_WIDTH, CARD_HEIGHT),
        debuggers=[(name, pattern.format(quote(url, safe=""))) for name, pattern in _DEBUGGERS],
        tag_markup=tag_markup,
        catalog=catalog,
        sources=[catalog.list_source],
    )


def _head(metadata: PageMetadata, page_path: str, card: CardImage, site_url: str) -> HeadMetadata:
    title = truncate(f"Link preview of {metadata.text('og:title')}", TITLE_BYTES, TITLE_BYTES)
    description = truncate(
        "How this link looks on Facebook, X, LinkedIn, Slack, Discord, WhatsApp and others, which "
        "tag each field came from, where it is cut, and which limits it keeps.",
        DESCRIPTION_CHARACTERS,
        DESCRIPTION_BYTES,
    )
    path = Representation.PREVIEW.url_for(page_path)
    return HeadMetadata(
        title=title,
        description=description,
        path=path,
        json_ld=with_image(page_data(title, description, site_url + path), site_url + card.path),
        card=card,
        feed=Representation.FEED.url_for(page_path),
        indexable=False,
    )
