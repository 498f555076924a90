"""The preview inspector: how a link to a model looks where links are shared, and why.

It reads the model's own page, as this process renders it, by the rules that crawlers are known to
read by. Nothing is fetched.
"""

from urllib.parse import quote, urlsplit

from handler.domain.catalog.catalog import Catalog
from handler.domain.previews.discord_view import EmbedView, parse_embed
from handler.domain.previews.model_preview import (
    DESCRIPTION_BYTES,
    DESCRIPTION_CHARACTERS,
    TITLE_BYTES,
)
from handler.domain.previews.unfurl.fetched_page import FetchedPage
from handler.domain.previews.unfurl.page_metadata import PageMetadata, parse_page_metadata
from handler.domain.text import truncate
from handler.web.cards.cache import render_card_cached
from handler.web.cards.content.card_content import CardContent
from handler.web.cards.content.model import card_for_profile
from handler.web.cards.url import card_image_for
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
_SHEET = "inspector.css"


def inspector_view(site: Site, request: Request, model: str) -> CacheableResponse:
    """Answer how a link to a model unfurls."""
    catalog = site.catalog.get()
    model_id = catalog.find(model)
    return site.pages.get_or_render(
        catalog,
        ("preview", model_id),
        lambda: inspector_page(site.templates, catalog, model_id, site.site_url),
    )


def inspector_page(
    templates: Templates, catalog: Catalog, model_id: str, site_url: str
) -> CacheableResponse:
    """Return how a link to a model of the catalog looks."""
    page = model_page(templates, catalog, model_id, site_url)
    path, face = model_path(model_id), card_for_profile(catalog.profile(model_id))
    fetched = FetchedPage(
        site_url + path, page.status, {"content-type": page.content_type}, page.body
    )
    image = _card_as_fetched(face, site_url + path)
    found = parse_page_metadata(page.body, page.content_type)
    verdicts = evaluate_crawlers(fetched, image)
    sheet = templates.stylesheet(_SHEET)
    return templates.page(
        "inspector.html",
        _head(found, path, card_image_for(path, face), site_url),
        site_url,
        (("content-security-policy", templates.csp_with(sheet)),),
        sheet=sheet,
        page_path=path,
        found=found,
        host=urlsplit(site_url).netloc,
        verdicts=verdicts,
        simulations=platform_previews(verdicts, image),
        embed=_embed(found),
        card_size=(CARD_WIDTH, CARD_HEIGHT),
        debuggers=[(name, url.format(quote(site_url + path, safe=""))) for name, url in _DEBUGGERS],
        tag_markup=tag_markup,
        catalog=catalog,
        sources=[catalog.list_source],
    )


def _card_as_fetched(face: CardContent, url: str) -> FetchedPage:
    body = render_card_cached(face)
    headers = {"content-type": PNG, "content-length": str(len(body))}
    return FetchedPage(url, 200, headers, body)


def _embed(found: PageMetadata) -> EmbedView | None:
    return parse_embed(found.embed) if found.embed else None


def _head(found: PageMetadata, page_path: str, card: CardImage, site_url: str) -> HeadMetadata:
    title = truncate(f"Link preview of {found.text('og:title')}", TITLE_BYTES, TITLE_BYTES)
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
