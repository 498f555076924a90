"""The preview inspector: how a link to a model looks where links are shared, and why.

It reads the model's own page, as this process renders it, by the rules that crawlers are known to
read by. Nothing is fetched.
"""

from dataclasses import replace
from urllib.parse import quote, urlsplit

from handler.domain.catalog.catalog import Catalog
from handler.domain.previews.discord_view import EmbedView, view_of
from handler.domain.previews.model_preview import (
    DESCRIPTION_BYTES,
    DESCRIPTION_CHARACTERS,
    TITLE_BYTES,
)
from handler.domain.previews.unfurl.fetched_page import Download
from handler.domain.previews.unfurl.page_metadata import Metadata, metadata_of
from handler.domain.text import fit
from handler.web.cards.cache import drawn
from handler.web.cards.content.card_content import Face
from handler.web.cards.content.pages import face_of_model
from handler.web.cards.url import card_of
from handler.web.formatting import path_of
from handler.web.http.response import PNG, Document
from handler.web.pages.inspector.results import simulations_of, tag_words, verdicts_on
from handler.web.pages.model.page import model_page
from handler.web.rendering.json_ld import page_data, pictured
from handler.web.rendering.metadata import CARD_HEIGHT, CARD_WIDTH, Card, Head
from handler.web.rendering.templates import Templates
from handler.web.urls import What

_DEBUGGERS = (
    ("Facebook’s Sharing Debugger", "https://developers.facebook.com/tools/debug/?q={}"),
    ("LinkedIn’s Post Inspector", "https://www.linkedin.com/post-inspector/inspect/{}"),
)
_SHEET = "inspector.css"


def inspector_page(templates: Templates, catalog: Catalog, model_id: str, origin: str) -> Document:
    """Return how a link to a model of the catalog looks."""
    page = model_page(templates, catalog, model_id, origin)
    path, face = path_of(model_id), face_of_model(catalog.profile(model_id))
    fetched = Download(origin + path, page.status, {"content-type": page.content_type}, page.body)
    image = _card_as_fetched(face, origin + path)
    found = metadata_of(page.body, page.content_type)
    verdicts = verdicts_on(fetched, image)
    sheet = templates.sheet(_SHEET)
    document = templates.page(
        "inspector.html",
        _head(found, path, card_of(path, face), origin),
        origin,
        sheet=sheet,
        page_path=path,
        found=found,
        host=urlsplit(origin).netloc,
        verdicts=verdicts,
        simulations=simulations_of(verdicts, image),
        embed=_embed(found),
        card_size=(CARD_WIDTH, CARD_HEIGHT),
        debuggers=[(name, url.format(quote(origin + path, safe=""))) for name, url in _DEBUGGERS],
        tag_words=tag_words,
        catalog=catalog,
        sources=[catalog.list_source],
    )
    policy = ("content-security-policy", templates.csp_with(sheet))
    return replace(document, extra_headers=(policy,))


def _card_as_fetched(face: Face, url: str) -> Download:
    body = drawn(face)
    headers = {"content-type": PNG, "content-length": str(len(body))}
    return Download(url, 200, headers, body)


def _embed(found: Metadata) -> EmbedView | None:
    return view_of(found.embed) if found.embed else None


def _head(found: Metadata, page_path: str, card: Card, origin: str) -> Head:
    title = fit(f"Link preview of {found.text('og:title')}", TITLE_BYTES, TITLE_BYTES)
    description = fit(
        "How this link looks on Facebook, X, LinkedIn, Slack, Discord, WhatsApp and others, which "
        "tag each field came from, where it is cut, and which limits it keeps.",
        DESCRIPTION_CHARACTERS,
        DESCRIPTION_BYTES,
    )
    path = What.PREVIEW.path_beside(page_path)
    return Head(
        title=title,
        description=description,
        path=path,
        structured=pictured(page_data(title, description, origin + path), origin + card.path),
        card=card,
        feed=What.FEED.path_beside(page_path),
        indexed=False,
    )
