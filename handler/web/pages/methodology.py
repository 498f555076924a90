"""The pages that are about no model: methodology, and what went wrong."""

from dataclasses import replace

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.model_lookup import IndexEntry
from handler.domain.catalog.provenance import SOURCES
from handler.domain.text import collapse_whitespace, truncate
from handler.web.cards.content.card_content import CardContent
from handler.web.cards.content.pages import card_for_methodology
from handler.web.cards.url import card_image_for
from handler.web.formatting import model_path
from handler.web.http.response import PAGE_CACHE, TEXT, CacheableResponse
from handler.web.rendering.json_ld import dataset_data, page_data, with_image
from handler.web.rendering.metadata import SITE_NAME, HeadMetadata
from handler.web.rendering.templates import Templates

_RETRY_SECONDS = 30
_MAX_SHOWN_CHARACTERS = 240


def methodology_page(templates: Templates, catalog: Catalog, origin: str) -> CacheableResponse:
    """Return the page that says where everything comes from and what it means."""
    head = site_page_metadata(
        "Methodology and data sources",
        "Where the models, prices and limits on this site come from, how derived fields are made, "
        "what they mean and what they do not.",
        "/methodology",
        origin,
        card_for_methodology(catalog),
    )
    known = [catalog.sources[name] for name in SOURCES if name in catalog.sources]
    data = dataset_data(head.json_ld, origin, catalog.as_of, [s.url for s in known])
    head = replace(head, json_ld=data)
    return templates.page("methodology.html", head, origin, catalog=catalog, sources=known)


def permanent_redirect(path: str, origin: str) -> CacheableResponse:
    """Return the way to a path of this site, as a whole URL: Lemmy follows no other."""
    url = origin + path
    return CacheableResponse(
        f"Moved to {url}\n".encode(), TEXT, PAGE_CACHE, 308, (("location", url),)
    )


def not_found_page(
    templates: Templates, address: str, candidates: tuple[IndexEntry, ...], origin: str
) -> CacheableResponse:
    """Return the 404 of an address, with the models whose names come near it."""
    head = _problem_head("No such model", "No model here has this address.")
    near = [(model_path(entry.id), entry) for entry in candidates]
    shown = truncate(
        collapse_whitespace(address[:_MAX_SHOWN_CHARACTERS]),
        _MAX_SHOWN_CHARACTERS // 2,
        _MAX_SHOWN_CHARACTERS,
    )
    return templates.error("missing.html", head, origin, 404, address=shown, near=near)


def error_page(templates: Templates, status: int, origin: str) -> CacheableResponse:
    """Return the page of a status that is our fault, or of a method that we do not answer."""
    title, words = {
        405: ("Only for reading", "This site answers GET and HEAD requests only."),
        500: ("Something broke here", "This page could not be made. Please try again in a minute."),
        503: (
            "The catalog is not here yet",
            f"{SITE_NAME} has not read its catalog so far, so it can show no models. That takes a "
            "minute or two after a first deployment; please try again shortly.",
        ),
    }[status]
    headers = {405: (("allow", "GET, HEAD"),), 503: (("retry-after", str(_RETRY_SECONDS)),)}
    head = _problem_head(title, words)
    return templates.error(
        "problem.html", head, origin, status, headers.get(status, ()), words=words
    )


def site_page_metadata(
    title: str, description: str, path: str, origin: str, face: CardContent
) -> HeadMetadata:
    """Return the head of a page that is about no one model, with its card."""
    card = card_image_for(path, face)
    data = with_image(page_data(title, description, origin + path), origin + card.path)
    return HeadMetadata(title, description, path, json_ld=data, card=card)


def _problem_head(title: str, description: str) -> HeadMetadata:
    return HeadMetadata(title, description, "/", indexable=False, shareable=False)
